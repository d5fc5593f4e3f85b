import { readFile } from "node:fs/promises";

const SAMPLE = new URL("../public/samples/bench-corpus.jsonl", import.meta.url);

/** Texts of a BEIR `corpus.jsonl`, title first; of the repository's sample when none is named. */
export async function readTexts(path: string | undefined): Promise<string[]> {
  return (await readFile(path ?? SAMPLE, "utf8"))
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as { readonly title?: string; readonly text: string })
    .map(({ title, text }) => (title ? `${title}\n${text}` : text));
}

/** Throws when an option's value is none of those that exist. */
export function oneOf<T extends string>(value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`"${value}" is not one of ${allowed.join(", ")}.`);
  return found;
}
