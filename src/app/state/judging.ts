import type { Engine, SearchResult } from "../../contract/index.ts";
import { ndcg } from "../../metrics/index.ts";
import { idFrom, type Judgements } from "./judgements.ts";

/** nDCG of what was found for a query's words; null where the judgements do not have it. */
export type Judge = (text: string, result: SearchResult) => number | null;

type Hits = SearchResult["hits"];

/** Sources whose records may carry ids. */
const RECORDS = /\.(json|jsonl|ndjson)$/i;

/**
 * Knows the passages of some answers by their corpus ids: the `_id` (or `id`) of the record that a passage was cut from,
 * or the name of its source, with or without folder and ending. Passages of one record count once, where the first
 * stands.
 */
export async function createJudge(
  engine: Pick<Engine, "readSource">,
  { queries }: Judgements,
  results: readonly SearchResult[],
  { depth, signal }: { readonly depth: number; readonly signal: AbortSignal },
): Promise<Judge> {
  const gradesByText = new Map(queries.map(({ text, grades }) => [text, new Map(Object.entries(grades))]));
  const judgedIds = new Set([...gradesByText.values()].flatMap((grades) => [...grades.keys()]));
  const hits = results.flatMap((result) => result.hits);
  const withRecords = new Set(hits.filter(({ sourceName }) => RECORDS.test(sourceName)).map(sourceOf));
  const textBySource = new Map<number, string>();
  for (const sourceId of withRecords)
    textBySource.set(sourceId, (await engine.readSource({ sourceId }, { signal })).text);

  const corpusIdOf = ({ passage, sourceName }: Hits[number]): string => {
    const text = textBySource.get(passage.sourceId);
    const own = text === undefined ? undefined : recordId(text.slice(passage.startUtf16, passage.endUtf16));
    const name = namesOf(sourceName).find((one) => judgedIds.has(one));
    return own ?? name ?? `passage ${passage.id}`;
  };
  return (text, result) => {
    const grades = gradesByText.get(text.trim());
    return grades === undefined ? null : ndcg(result.hits.map(corpusIdOf), grades, depth);
  };
}

const sourceOf = ({ passage }: Hits[number]): number => passage.sourceId;

function recordId(json: string): string | undefined {
  try {
    const { _id, id } = JSON.parse(json) as { readonly _id?: unknown; readonly id?: unknown };
    return idFrom(_id) ?? idFrom(id);
  } catch {
    return undefined;
  }
}

function namesOf(name: string): readonly string[] {
  const last = name.split("/").at(-1) ?? name;
  return [name, last].flatMap((one) => [one, one.replace(/\.[^.]+$/, "")]);
}
