import { readFileSync } from "node:fs";
import type { Exception } from "./judge.ts";

/** The holes that are lived with for a while, as they are written down. */
export function readExceptions(): readonly Exception[] {
  return JSON.parse(
    readFileSync(new URL("exceptions.json", import.meta.url), "utf8"),
  ) as readonly Exception[];
}
