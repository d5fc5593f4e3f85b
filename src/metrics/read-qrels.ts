import { SextantError } from "../contract/index.ts";

/** BEIR names its columns `query-id`, `corpus-id` and `score`. */
const HEADING = /quer|corpus|doc|score/i;

/**
 * Reads judgements as BEIR and TREC keep them: `query-id`, `corpus-id` and `score` by tabs, or TREC's four columns.
 *
 * Throws: `ingest/unreadable` with the file's `name` and the line.
 */
export function readQrels(name: string, content: string): Map<string, Map<string, number>> {
  const qrels = new Map<string, Map<string, number>>();
  for (const [at, { line, number }] of linesWithNumbers(content).entries()) {
    const tabbed = line.split("\t");
    const cells = tabbed.length >= 3 ? tabbed : line.trim().split(/\s+/);
    const [queryId = "", corpusId = "", score = ""] =
      cells.length === 4 ? [cells[0], cells[2], cells[3]] : cells;
    const grade = Number(score);
    const fits = cells.length === 3 || cells.length === 4;
    if (fits && at === 0 && Number.isNaN(grade) && HEADING.test(line)) continue;
    if (!fits || queryId === "" || corpusId === "" || score.trim() === "" || !Number.isFinite(grade))
      throw unreadableLine(name, number, "is no query-id, corpus-id and score with tabs between them", line);
    const own = qrels.get(queryId) ?? new Map<string, number>();
    qrels.set(queryId, own.set(corpusId, grade));
  }
  return qrels;
}

/** The lines that hold something, each with its number in the file, from 1. */
export function linesWithNumbers(
  content: string,
): readonly { readonly line: string; readonly number: number }[] {
  return content
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, at) => ({ line, number: at + 1 }))
    .filter(({ line }) => line.trim() !== "");
}

const SHOWN_UTF16 = 80;

/** What is said of a line that is not what its file should hold; `what` goes on after the file's name. */
export function unreadableLine(name: string, number: number, what: string, line: string): SextantError {
  const begins = line.slice(0, SHOWN_UTF16).toWellFormed();
  return new SextantError(
    "ingest/unreadable",
    `Line ${number} of ${name} ${what}: “${begins}”. Correct it, or choose another file.`,
    { name, line: number },
  );
}
