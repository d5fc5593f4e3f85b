import { cp, readdir, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { SextantError } from "../contract/index.ts";

const LIBRARY = fileURLToPath(new URL("../../dist-lib/", import.meta.url));
const MODELS = fileURLToPath(new URL("../../public/models/", import.meta.url));
/** Parts of the library's folder that no reader's browser loads. */
const UNREAD = new Set(["cli", "element", "types"]);

/** Puts the elements' scripts and the playground beside the index; false where they have not been built (`npm run build:lib`). */
export async function copyElement(out: string): Promise<boolean> {
  const built = join(LIBRARY, "element");
  const files = await readdir(built).catch(() => []);
  if (files.length > 0) await cp(built, out, { recursive: true });
  return files.length > 0;
}

/**
 * Puts the library and the bundled model into `full/` beside the index, for elements with `full-model`.
 *
 * Throws: `model/not-found` where the library has not been built.
 */
export async function copyFullModel(out: string): Promise<void> {
  const full = join(out, "full");
  if (!(await stat(join(LIBRARY, "index.js")).catch(() => null)))
    throw new SextantError(
      "model/not-found",
      "The library is not built here. Run `npm run build:lib` first.",
    );
  const isRead = (path: string): boolean => !UNREAD.has(relative(LIBRARY, path).split(sep)[0] ?? "");
  await cp(LIBRARY, full, { recursive: true, filter: isRead });
  await cp(MODELS, join(full, "models"), { recursive: true });
}
