import type { Engine } from "../../contract/index.ts";
import { projected, titleOf, type Axes, type SitePassage } from "../../site/index.ts";
import { adaptCollection } from "../../train/index.ts";

export interface QueryTable {
  readonly rowByWord: ReadonlyMap<string, number>;
  readonly vectors: Float32Array;
}

/** Learns a query table in the space of a site's projected passages from what the passages themselves say. */
export async function teachTable(
  passages: readonly SitePassage[],
  vectors: Float32Array,
  {
    axes,
    engine,
    signal,
    onProgress,
  }: {
    readonly axes: Axes;
    readonly engine: Pick<Engine, "embed">;
    readonly signal: AbortSignal;
    readonly onProgress: (part: number) => void;
  },
): Promise<QueryTable> {
  const { adapter } = await adaptCollection({
    passages: passages.map((passage, id) => ({ id, title: titleOf(passage), text: passage.text })),
    vectors,
    dim: axes.toDim,
    encode: async (texts) => {
      const embedded = await engine.embed({ task: "qa", side: "query", texts }, { signal });
      return projected(embedded.vectors, axes);
    },
    signal,
    breathe: () => Promise.resolve(),
    onProgress,
  });
  return { rowByWord: adapter.table.rowByWord, vectors: adapter.table.vectors };
}
