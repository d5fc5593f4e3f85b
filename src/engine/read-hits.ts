import type { Hit, Mark, Storage } from "../contract/index.ts";
import { markWords, snippetOf, type RankedHit } from "../rank/index.ts";

/** Gives ranked passages their text, their source's name, the query's words marked, the part to show, and what follows them. */
export async function readHits(
  storage: Storage,
  collectionIds: readonly number[],
  ranked: readonly RankedHit[],
  query: { readonly text: string; readonly marks: ReadonlyMap<number, Mark> },
): Promise<Hit[]> {
  const [passages, telling] = await Promise.all([
    storage.readPassages({ ids: ranked.map(({ id }) => id) }),
    Promise.all(
      collectionIds.map((collectionId) => storage.tellingWords({ collectionId, query: query.text })),
    ),
  ]);
  const worthMarking = [...new Set(telling.flat())].join(" ");
  const [continuations, sourceNames] = await Promise.all([
    storage.continuations({ ids: passages.map(({ id }) => id) }),
    storage.sourceNames({ sourceIds: passages.map(({ sourceId }) => sourceId) }),
  ]);
  const rankedById = new Map(ranked.map((hit) => [hit.id, hit]));
  return passages.flatMap((passage, i) => {
    const hit = rankedById.get(passage.id);
    if (!hit) return [];
    const { score, semantic, keywords, spread = null } = hit;
    const marks = markWords(passage.text, worthMarking);
    const sourceName = sourceNames[i] ?? "";
    return [
      {
        passage,
        sourceName,
        score,
        semantic,
        keywords,
        marks,
        spread,
        mark: query.marks.get(passage.id) ?? null,
        snippet: snippetOf(passage.text, marks),
        continuation: continuations[i] ?? null,
      },
    ];
  });
}
