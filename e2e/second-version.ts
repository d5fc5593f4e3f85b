import { cp, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { listAppFiles, writeAppFiles } from "../tools/serve/app-files.ts";

/** A copy of the built app, of which another version can be made. */
export async function copyApp(to: string): Promise<void> {
  await cp(resolve("dist"), to, { recursive: true });
}

/** Makes a copy of the app a newer version, told by its title. */
export async function makeSecondVersion(dist: string): Promise<void> {
  const index = join(dist, "index.html");
  const html = await readFile(index, "utf8");
  await writeFile(index, html.replace("<title>Sextant", "<title>Second Sextant"));
  writeAppFiles(join(dist, "sw.js"), listAppFiles(dist));
}
