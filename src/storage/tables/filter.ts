import { clockAt, momentOf } from "../../base/person-clock.ts";
import type { PassageTimes, SearchFilter } from "../../contract/index.ts";
import type { Database, Value } from "../database.ts";

const AT = "json_extract(p.record, '$.at')";
/** An exchange has a time of its own, other passages that of their source. Seconds, as SQLite reads ISO 8601. */
const TIME_MS = `coalesce(1000 * unixepoch(${AT}), s.date_ms)`;
/**
 * Whether that time has no zone: it is the person's own clock then, as are the days that a filter is made of. The
 * days are put on that clock, not the times on theirs: SQLite's own 'utc' takes 12 µs a row.
 */
const IS_CLOCK = `(unixepoch(${AT}) IS NOT NULL AND substr(${AT}, 11) NOT GLOB '*[Zz+-]*')`;

/** Whether a filter leaves out more than one passage. */
export function narrows(filter: SearchFilter): boolean {
  return Object.values({ ...filter, excludeId: undefined }).some((condition) => condition !== undefined);
}

/** The ids of a collection's passages that a filter leaves in, as a query and what goes into it; `excludeId` aside. */
export function passagesWithin(
  collectionId: number,
  { sourceIds, passageIds, tags, fromMs, untilMs, beforeOrdinal }: SearchFilter,
): { readonly sql: string; readonly values: readonly Value[] } {
  const conditions = ["s.collection_id = ?"];
  const values: Value[] = [collectionId];
  const demand = (condition: string, value: Value | undefined, ...more: readonly Value[]): void => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value, ...more);
  };
  const demandTime = (comparison: "<" | ">=", ms: number | undefined): void =>
    demand(`${TIME_MS} ${comparison} iif(${IS_CLOCK}, ?, ?)`, ms === undefined ? ms : clockAt(ms), ms ?? 0);
  demand("s.id IN (SELECT value FROM json_each(?))", sourceIds && JSON.stringify(sourceIds));
  demand("p.id IN (SELECT value FROM json_each(?))", passageIds && JSON.stringify(passageIds));
  demand(
    "EXISTS (SELECT 1 FROM json_each(s.tags) AS own JOIN json_each(?) AS wanted ON own.value = wanted.value)",
    tags && JSON.stringify(tags),
  );
  demandTime(">=", fromMs);
  demandTime("<", untilMs);
  demand("p.ordinal < ?", beforeOrdinal);
  return {
    sql: `SELECT p.id FROM source s JOIN passage p ON p.source_id = s.id WHERE ${conditions.join(" AND ")}`,
    values,
  };
}

export function filterPassages(
  db: Database,
  collectionId: number,
  filter: SearchFilter,
): Int32Array<ArrayBuffer> {
  const { sql, values } = passagesWithin(collectionId, filter);
  return Int32Array.from(db.read(`${sql} ORDER BY p.id`, values, (row) => row.number(0)));
}

/** When each passage of a collection is from; NaN for what has no time. */
export function passageTimes(db: Database, collectionId: number): PassageTimes {
  const { sql, values } = passagesWithin(collectionId, {});
  const rows = db.read(sql.replace("SELECT p.id", `SELECT p.id, ${TIME_MS}, ${IS_CLOCK}`), values, (row) => {
    const ms = row.isNull(1) ? Number.NaN : row.number(1);
    return [row.number(0), row.number(2) === 1 ? momentOf(ms) : ms] as const;
  });
  return {
    passageIds: Int32Array.from(rows, ([id]) => id),
    timesMs: Float64Array.from(rows, ([, ms]) => ms),
  };
}
