import { SextantError } from "../../contract/index.ts";
import { linesWithNumbers, readQrels, unreadableLine } from "../../metrics/index.ts";

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
  const grades = new Map<string, ReadonlyMap<string, number>>();
  for (const { name, content } of [first, ...more])
    for (const [id, own] of readQrels(name, content))
      grades.set(id, new Map([...(grades.get(id) ?? []), ...own]));
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

function readQueries({ name, content }: NamedText): (readonly [id: string, text: string])[] {
  return linesWithNumbers(content).map(({ line, number }) => {
    const [id, text] = line.trimStart().startsWith("{") ? fieldsOf(line) : line.split("\t");
    if (id === undefined || text === undefined || text.trim() === "")
      throw unreadableLine(
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
