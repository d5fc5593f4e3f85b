/** The DOM that Readability brings for workers; its package has no types for it. */
declare module "@mozilla/readability/JSDOMParser.js" {
  export default class JSDOMParser {
    parse(
      html: string,
      url: string,
    ): ConstructorParameters<typeof import("@mozilla/readability").Readability>[0];
  }
}
