import { KIND_OF_TASK, type Exactness, type TaskId } from "../../contract/index.ts";
import { currentQuery } from "../state/query.ts";
import { EXACTNESSES, narrowingOf, type Narrowing } from "../state/refine.ts";
import { selectSample } from "../state/select.ts";
import type { AppState } from "../state/store.ts";

/** Where and how is searched, as far as an address says it: numbers and days, never a word of the person's own. */
export interface Where {
  /** The collection that is worked on; null: whichever was last. */
  readonly collectionId: number | null;
  readonly narrowing: Pick<Narrowing, "alsoIn" | "sourceIds" | "fromDay" | "untilDay">;
  readonly exactness: Exactness;
  readonly fewerDuplicates: boolean;
  /** The place of the query among the sample's own; null for a query of the person's. */
  readonly sample: number | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The part of an address that says what a search is narrowed to; what is as usual is left out. Tags are words and stay here. */
export function formatWhere(state: AppState, task: TaskId): string {
  const kind = KIND_OF_TASK[task];
  const { alsoIn, sourceIds, fromDay, untilDay } = narrowingOf(state, kind);
  const { exactness, fewerDuplicates } = state.refine;
  const query = JSON.stringify(currentQuery(state, task));
  const sample = (selectSample(state, task)?.queries ?? []).findIndex((one) => JSON.stringify(one) === query);
  const parts: readonly (readonly [string, string])[] = [
    ["in", String(state.corpus.chosen[kind] ?? "")],
    ["also", alsoIn.join(".")],
    ["sources", sourceIds.join(".")],
    ["from", fromDay],
    ["until", untilDay],
    ["nearest", exactness === "exact" ? "" : exactness],
    ["duplicates", fewerDuplicates ? "fewer" : ""],
    ["sample", sample < 0 ? "" : String(sample + 1)],
  ];
  return parts.map(([name, value]) => (value === "" ? "" : `&${name}=${value}`)).join("");
}

/** Reads that part; what it does not know falls back to the usual. */
export function parseWhere(search: string): Where {
  const parameters = new URLSearchParams(search);
  const said = (name: string): string => parameters.get(name) ?? "";
  const ids = (name: string): readonly number[] =>
    said(name)
      .split(".")
      .flatMap((id) => whole(id) ?? []);
  const day = (name: string): string => (DAY.test(said(name)) ? said(name) : "");
  const sample = whole(said("sample")) ?? 0;
  return {
    collectionId: whole(said("in")),
    narrowing: {
      alsoIn: ids("also"),
      sourceIds: ids("sources"),
      fromDay: day("from"),
      untilDay: day("until"),
    },
    exactness: EXACTNESSES.find((one) => one === said("nearest")) ?? "exact",
    fewerDuplicates: said("duplicates") === "fewer",
    sample: sample > 0 ? sample - 1 : null,
  };
}

function whole(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
