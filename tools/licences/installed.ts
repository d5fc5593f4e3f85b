import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package as it is installed. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author: string;
  readonly home: string;
  /** Its licence and notices in full, as it brings them. */
  readonly texts: readonly string[];
}

const FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const TEXT = /^(licen[cs]e|copying|notice|third-?party-?notices?)/i;

/** The folder of the package that a bundled module or asset is of; null for our own. */
export function folderOf(id: string): string | null {
  return FOLDER.exec(id.replace(/^\0/, "").replaceAll("\\", "/"))?.[0] ?? null;
}

/** Reads a package's folder. Throws: a plain error when it names no licence. */
export function readInstalled(folder: string): Installed {
  const file = join(folder, "package.json");
  const said = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, unknown>>;
  const license = textOf(said["license"], "type");
  if (license === "") throw new Error(`${file} names no licence.`);
  return {
    name: textOf(said["name"]),
    version: textOf(said["version"]),
    license,
    author: textOf(said["author"], "name"),
    home: textOf(said["homepage"]) || textOf(said["repository"], "url"),
    texts: readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && TEXT.test(entry.name))
      .map(({ name }) => name)
      .sort()
      .map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r", ""))
      // What a tool is bundled with is not in what it leaves behind.
      .map((text) => text.replace(/^# Licenses of bundled dependencies$[^]*/m, "").trim()),
  };
}

function textOf(value: unknown, key?: string): string {
  if (typeof value === "string") return value;
  if (key === undefined || typeof value !== "object" || value === null) return "";
  return textOf(Reflect.get(value, key));
}
