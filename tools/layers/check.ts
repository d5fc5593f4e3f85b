import { posix } from "node:path";
import type { Specifier } from "./specifiers.ts";
import { FACE, MAY_IMPORT, MAY_LOCATE, OPEN_ROOMS } from "./table.ts";

const roomOf = (path: string) =>
  path
    .match(/^src\/([^/]+)\/|^(public|dist-lib)\//)
    ?.slice(1)
    .find(Boolean);

/** Tests and shared suites may look into any room. */
const isTest = (path: string) => /\.(test|contract)\.tsx?$|\/(testing|golden)\//.test(path);

/**
 * What is wrong with one specifier of `file`, or null. Paths are relative to the repository, with forward slashes.
 */
export function judgeSpecifier(file: string, specifier: Specifier): string | null {
  if (isTest(file)) return null;
  const target = posix.join(posix.dirname(file), specifier.value.replace(/[?#].*$/, ""));
  const [from, to] = [roomOf(file), roomOf(target)];
  if (from === undefined && file === "src/index.ts") {
    if (to !== undefined && FACE.some((room) => room === to) && target === `src/${to}/index.ts`) return null;
    return `the library's face re-exports only from ${FACE.map((room) => `src/${room}/index.ts`).join(" and ")}`;
  }
  if (from === undefined || from === to) return null;
  if (isTest(target)) return "a test file is imported only by tests";
  if (to === undefined) return "a room imports rooms; what lies outside them is not part of the program";
  const mayImport = MAY_IMPORT[from];
  if (mayImport === undefined) return `src/${from} is not in the table of tools/layers/table.ts`;
  if (specifier.how === "url")
    return MAY_LOCATE[from]?.includes(to) === true ? null : `${from} may not locate files of ${to}`;
  if (!mayImport.includes(to)) return `${from} may not import ${to}`;
  if (OPEN_ROOMS.some((room) => room === to)) return null;
  if (target !== `src/${to}/index.ts`) return `from outside, ${to} is src/${to}/index.ts`;
  return null;
}
