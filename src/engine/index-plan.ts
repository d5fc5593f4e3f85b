import type { IndexPlan, ModelInfo, Policy, Speed, Storage, TaskId } from "../contract/index.ts";
import { vectorKey } from "./vector-key.ts";

export interface PlanRequest {
  readonly collectionId: number;
  readonly task: TaskId;
  readonly policy: Policy;
  readonly model: Pick<ModelInfo, "key" | "dim">;
  readonly speed: Speed | null;
}

/** Counts what indexing would do. Content that has a vector elsewhere is counted too: it shows when its turn comes. */
export async function planIndex(
  storage: Pick<Storage, "sources" | "indexes" | "pending">,
  { collectionId, task, policy, model, speed }: PlanRequest,
): Promise<IndexPlan> {
  const [sources, indexes, pending] = await Promise.all([
    storage.sources({ collectionId }),
    storage.indexes({ collectionId }),
    storage.pending({}),
  ]);
  const stored = sources.reduce((all, { done }) => all + done, 0);
  const modelKey = vectorKey(model, policy);
  const index = indexes.find((one) => one.task === task && one.modelKey === modelKey);
  const unfinished = pending
    .filter((work) => work.collectionId === collectionId)
    .reduce((all, { done, total }) => all + total - done, 0);
  const missing = model.dim === 0 ? 0 : (index?.missing ?? stored);
  return { unfinished, missing, seconds: speed && (unfinished + missing) / speed.passagesPerSecond };
}
