import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BUILT = fileURLToPath(new URL("../../dist-lib/element/", import.meta.url));

/** Puts the elements' scripts beside the index; false where they have not been built (`npm run build:lib`). */
export async function copyElement(out: string): Promise<boolean> {
  const files = await readdir(BUILT).catch(() => []);
  for (const file of files) await copyFile(join(BUILT, file), join(out, file));
  return files.length > 0;
}
