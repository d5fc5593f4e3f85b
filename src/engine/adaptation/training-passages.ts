import { fromHalf } from "../../base/half.ts";
import type { AdaptationRequest, ModelInfo, Storage } from "../../contract/index.ts";
import { MOST_PASSAGES, type TrainingPassage } from "../../train/index.ts";

export interface TrainingPassages {
  readonly passages: readonly TrainingPassage[];
  /** f32[passages, dim]. */
  readonly vectors: Float32Array;
}

const PAGE = 500;

/**
 * What a collection's training reads: its passages that have a vector under the task, evenly chosen where there are more
 * than `MOST_PASSAGES`.
 */
export async function readTrainingPassages(
  storage: Storage,
  { collectionId, task }: AdaptationRequest,
  { key, dim }: Pick<ModelInfo, "key" | "dim">,
  signal: AbortSignal,
): Promise<TrainingPassages> {
  const index = await storage.openIndex({ collectionId, task, modelKey: key, dim });
  const { total } = await storage.listPassages({ collectionId, offset: 0, limit: 1 });
  const room = Math.min(total, MOST_PASSAGES);
  const passages: TrainingPassage[] = [];
  const vectors = new Float32Array(room * dim);
  for (let offset = 0; offset < total && passages.length < room; offset += PAGE) {
    signal.throwIfAborted();
    const page = await storage.listPassages({ collectionId, offset, limit: PAGE });
    const chosen = page.passages.filter(
      (_, i) => Math.floor(((offset + i + 1) * room) / total) > Math.floor(((offset + i) * room) / total),
    );
    const passageIds = chosen.map(({ id }) => id);
    const rows = fromHalf(await storage.readVectors({ indexId: index.id, passageIds }));
    chosen.forEach(({ id, title, text }, i) => {
      const vector = rows.subarray(i * dim, (i + 1) * dim);
      if (passages.length === room || !vector.some((value) => value !== 0)) return;
      vectors.set(vector, passages.length * dim);
      passages.push({ id, title, text });
    });
  }
  return { passages, vectors: vectors.subarray(0, passages.length * dim) };
}

/** Changes whenever passages, marks or rewards were added or removed. */
export async function shapeOf(storage: Storage, { collectionId, task }: AdaptationRequest): Promise<string> {
  const { total } = await storage.listPassages({ collectionId, offset: 0, limit: 1 });
  const { passages } = await storage.listPassages({ collectionId, offset: Math.max(0, total - 1), limit: 1 });
  const marks = await storage.marks({ collectionId, task });
  const marked = marks.map(({ passageId, query, mark }) => `${passageId} ${mark} ${query}`);
  const rewards = await storage.rewards({ collectionId, task });
  return JSON.stringify([total, passages[0]?.id ?? 0, marked, ...(rewards.length > 0 ? [rewards] : [])]);
}
