/** The DOM that Readability brings for workers; its package has no types for it. */
declare module "@mozilla/readability/JSDOMParser.js" {
  export default class JSDOMParser {
    /** Told of broken markup; by default it writes to the console. */
    error: (message: string) => void;
    parse(
      html: string,
      url: string,
    ): ConstructorParameters<typeof import("@mozilla/readability").Readability>[0];
  }
}
