import {
  SextantError,
  type Segment,
  type Storage,
  type StoredVectors,
  type StoredVectorsRequest,
} from "../contract/index.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { vectorKey } from "./vector-key.ts";

/** Segments that are read between two chances to stop. */
const SEGMENTS_A_READ = 16;

/** Reads the vectors that passages have under a task, for pictures of a collection; what has none is not in it. */
export async function readStoredVectors(
  { storage, host }: { readonly storage: Storage; readonly host: EncoderHost },
  { collectionId, task, policy = "use", sourceId }: StoredVectorsRequest,
  signal: AbortSignal,
): Promise<StoredVectors> {
  const { info } = (await host.current()).encoder;
  if (info.dim === 0)
    throw new SextantError(
      "search/no-vectors",
      `${info.name} has no vectors to draw: choose a model that embeds.`,
    );
  const { dim } = info;
  const index = await storage.openIndex({ collectionId, task, modelKey: vectorKey(info, policy), dim });
  const parts: Segment[] = [];
  for (let afterId = 0; ;) {
    const read = await storage.readSegments({ indexId: index.id, afterId, limit: SEGMENTS_A_READ });
    signal.throwIfAborted();
    parts.push(
      ...read.map((segment) => (sourceId === undefined ? segment : ofSource(segment, sourceId, dim))),
    );
    const last = read.at(-1);
    if (!last || read.length < SEGMENTS_A_READ) break;
    afterId = last.id;
  }
  const rows = parts.reduce((sum, { passageIds }) => sum + passageIds.length, 0);
  const all = {
    rows,
    dim,
    vectors: new Uint16Array(rows * dim),
    passageIds: new Int32Array(rows),
    sourceIds: new Int32Array(rows),
    ordinals: new Int32Array(rows),
  };
  let row = 0;
  for (const { vectors, passageIds, sourceIds, ordinals } of parts) {
    all.vectors.set(vectors, row * dim);
    all.passageIds.set(passageIds, row);
    all.sourceIds.set(sourceIds, row);
    all.ordinals.set(ordinals, row);
    row += passageIds.length;
  }
  return all;
}

function ofSource(segment: Segment, sourceId: number, dim: number): Segment {
  const rows = [...segment.sourceIds.keys()].filter((row) => segment.sourceIds[row] === sourceId);
  const pick = (column: Int32Array) => Int32Array.from(rows, (row) => column[row] ?? 0);
  const vectors = new Uint16Array(rows.length * dim);
  for (const [to, row] of rows.entries())
    vectors.set(segment.vectors.subarray(row * dim, (row + 1) * dim), to * dim);
  return {
    id: segment.id,
    passageIds: pick(segment.passageIds),
    sourceIds: pick(segment.sourceIds),
    ordinals: pick(segment.ordinals),
    vectors,
  };
}
