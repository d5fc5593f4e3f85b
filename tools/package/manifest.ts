/** Packages that the command line finds installed beside itself, for they have files of their own; everything else is bundled. */
export const FOUND_BESIDE = ["@sqlite.org/sqlite-wasm", "onnxruntime-web", "pagefind", "pdfjs-dist"] as const;

/** What the package has of the project's folder. */
export const PACKED = ["CHANGELOG.md", "LICENSE", "README.md", "dist-lib", "public/models"] as const;

export interface ProjectManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: string;
  readonly exports: unknown;
  readonly bin: unknown;
  readonly engines: unknown;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * The manifest of the package, made from the project's own: whoever installs it installs what was left outside of the bundles.
 * The project's `overrides` count in the project alone, and without them transformers.js brings a native runtime of hundreds
 * of megabytes that is never used.
 *
 * Throws: a plain error where the project does not depend on one of `FOUND_BESIDE`.
 */
export function packageManifest(project: ProjectManifest): ProjectManifest {
  const { name, version, description, license, type, exports, bin, engines } = project;
  const dependencies = Object.fromEntries(
    FOUND_BESIDE.map((one) => {
      const range = project.dependencies[one];
      if (range === undefined) throw new Error(`${one} is no dependency in package.json.`);
      return [one, range];
    }),
  );
  return { name, version, description, license, type, exports, bin, engines, dependencies };
}
