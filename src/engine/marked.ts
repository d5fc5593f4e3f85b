import type { Mark, Storage, TaskId } from "../contract/index.ts";
import type { RankedHit } from "../rank/index.ts";

/** What the person said of hits of this very question, by passage. */
export async function marksOf(
  storage: Storage,
  collectionIds: readonly number[],
  task: TaskId,
  query: string,
): Promise<ReadonlyMap<number, Mark>> {
  const marks = await Promise.all(
    collectionIds.map((collectionId) => storage.marks({ collectionId, task, query })),
  );
  return new Map(marks.flat().map(({ passageId, mark }) => [passageId, mark]));
}

/** Puts what is pinned before all others; both keep their order. */
export function pinnedFirst<T extends Pick<RankedHit, "id">>(
  ranked: readonly T[],
  marks: ReadonlyMap<number, Mark>,
): T[] {
  const isPinned = ({ id }: T): boolean => marks.get(id) === "pinned";
  return [...ranked.filter(isPinned), ...ranked.filter((hit) => !isPinned(hit))];
}
