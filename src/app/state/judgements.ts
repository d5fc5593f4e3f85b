import { SextantError } from "../../contract/index.ts";

/** Somebody's judgements of one query. */
export interface JudgedQuery {
  readonly text: string;
  /** Grades by corpus id; 0 is not relevant. */
  readonly grades: Readonly<Record<string, number>>;
}

/** Judgements as BEIR and TREC keep them, with the words of their queries. */
export interface Judgements {
  readonly name: string;
  /** Those that have words and something relevant, in the file's order; no more than can be asked. */
  readonly queries: readonly JudgedQuery[];
  /** The others. */
  readonly leftOut: number;
}

export interface NamedText {
  readonly name: string;
  readonly content: string;
}

/** As many are asked, under both settings. */
export const MOST_JUDGED = 100;

/**
 * Reads qrels (`query-id`, `corpus-id`, `score` by tabs, or TREC's four columns) and the queries that they name: JSON
 * Lines with `_id` and `text`, or an id, a tab and the words. Which is which the texts tell. Without queries the ids are
 * the words.
 *
 * Throws: `ingest/unreadable` with the line, `ingest/no-records`.
 */
export function readJudgements(texts: readonly NamedText[]): Judgements {
  const given = texts.filter(({ content }) => content.trim() !== "");
  const isQueries = ({ content }: NamedText) => /^\s*(\{|[^\t\n]*\t[^\t\n]*(\r?\n|$))/.test(content);
  const [first, ...more] = given.filter((text) => !isQueries(text));
  if (!first)
    throw new SextantError(
      "ingest/no-records",
      "No judgements are among it: give the qrels as well, with a query-id, a corpus-id and a score a line.",
    );
  const grades = new Map<string, Map<string, number>>();
  for (const text of [first, ...more]) readQrels(text, grades);
  const queries = given.filter(isQueries);
  const wordsById = new Map(queries.flatMap(readQueries));
  const judged = [...grades].flatMap(([id, own]) => {
    const text = queries.length === 0 ? id : wordsById.get(id);
    const isJudged = [...own.values()].some((grade) => grade > 0);
    return text === undefined || !isJudged ? [] : [{ text, grades: Object.fromEntries(own) }];
  });
  if (judged.length === 0)
    throw new SextantError(
      "ingest/no-records",
      `None of the ${grades.size} queries in ${first.name} has both words and something relevant: give the queries that ` +
        "belong to it.",
      { queries: grades.size },
    );
  const asked = judged.slice(0, MOST_JUDGED);
  return { name: first.name, queries: asked, leftOut: grades.size - asked.length };
}

/** BEIR names its columns `query-id`, `corpus-id` and `score`. */
const HEADING = /quer|corpus|doc|score/i;

function readQrels({ name, content }: NamedText, grades: Map<string, Map<string, number>>): void {
  linesOf(content).forEach(({ line, number }, at) => {
    const tabbed = line.split("\t");
    const cells = tabbed.length >= 3 ? tabbed : line.trim().split(/\s+/);
    const [queryId = "", corpusId = "", score = ""] =
      cells.length === 4 ? [cells[0], cells[2], cells[3]] : cells;
    const grade = Number(score);
    const fits = cells.length === 3 || cells.length === 4;
    if (fits && at === 0 && Number.isNaN(grade) && HEADING.test(line)) return;
    if (!fits || queryId === "" || corpusId === "" || score.trim() === "" || !Number.isFinite(grade))
      throw unreadable(name, number, "is no query-id, corpus-id and score with tabs between them", line);
    const own = grades.get(queryId) ?? new Map<string, number>();
    grades.set(queryId, own.set(corpusId, grade));
  });
}

function readQueries({ name, content }: NamedText): (readonly [id: string, text: string])[] {
  return linesOf(content).map(({ line, number }) => {
    const [id, text] = line.trimStart().startsWith("{") ? fieldsOf(line) : line.split("\t");
    if (id === undefined || text === undefined || text.trim() === "")
      throw unreadable(
        name,
        number,
        "is no query: an _id and a text in JSON, or an id, a tab and the words",
        line,
      );
    return [id, text.trim()];
  });
}

function fieldsOf(line: string): readonly (string | undefined)[] {
  try {
    const { _id: id, text } = JSON.parse(line) as { readonly _id?: unknown; readonly text?: unknown };
    return [idFrom(id), typeof text === "string" ? text : undefined];
  } catch {
    return [];
  }
}

/** An id as it stands in JSON. */
export function idFrom(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function linesOf(content: string): readonly { readonly line: string; readonly number: number }[] {
  return content
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, at) => ({ line, number: at + 1 }))
    .filter(({ line }) => line.trim() !== "");
}

const SHOWN_UTF16 = 80;

function unreadable(name: string, number: number, what: string, line: string): SextantError {
  const begins = line.slice(0, SHOWN_UTF16).toWellFormed();
  return new SextantError(
    "ingest/unreadable",
    `Line ${number} of ${name} ${what}: “${begins}”. Correct it, or choose another file.`,
    { name, line: number },
  );
}
