import { SextantError } from "../../contract/index.ts";

/**
 * Splits a path inside a folder into names that every file system takes as they are.
 *
 * Throws: `engine/invalid-input` for a path that could leave the folder or that some system reads differently.
 */
export function pathParts(path: string): readonly string[] {
  const parts = path.split("/");
  if (parts.every(isSafeName)) return parts;
  throw new SextantError(
    "engine/invalid-input",
    `"${path}" is no path of a file inside a model's folder. Rename the file, then try again.`,
    { path },
  );
}

/** Windows forbids `<>:"|?*` and the backslash, and drops a final dot or space. */
function isSafeName(name: string): boolean {
  return name !== "" && name.length <= 200 && !/[\u0000-\u001f<>:"|?*\\]|[. ]$/.test(name);
}
