/** Graded relevance by id; ids that are not in it, and grades of 0, are not relevant. */
export type Judgements<Id> = ReadonlyMap<Id, number>;

/** Grades of the first `k` different ids of a ranked list. */
export function gradesAtRanks<Id>(ranked: Iterable<Id>, judged: Judgements<Id>, k: number): number[] {
  const grades: number[] = [];
  for (const id of new Set(ranked)) {
    if (grades.length === k) break;
    grades.push(Math.max(0, judged.get(id) ?? 0));
  }
  return grades;
}

export function countRelevant(judged: Judgements<unknown>): number {
  let count = 0;
  for (const grade of judged.values()) if (grade > 0) count++;
  return count;
}
