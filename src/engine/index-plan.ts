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
  storage: Pick<Storage, "sources" | "indexes">,
  { collectionId, task, policy, model, speed }: PlanRequest,
): Promise<IndexPlan> {
  const [sources, indexes] = await Promise.all([
    storage.sources({ collectionId }),
    storage.indexes({ collectionId }),
  ]);
  const sum = (of: (source: { done: number; total: number }) => number) =>
    sources.reduce((all, source) => all + of(source), 0);
  const modelKey = vectorKey(model, policy);
  const index = indexes.find((one) => one.task === task && one.modelKey === modelKey);
  const unfinished = sum(({ done, total }) => total - done);
  const missing = model.dim === 0 ? 0 : (index?.missing ?? sum(({ done }) => done));
  return { unfinished, missing, seconds: speed && (unfinished + missing) / speed.passagesPerSecond };
}
