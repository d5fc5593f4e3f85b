import { isTaskId, type Fusion, type Policy, type SearchMode, type TaskId } from "../../contract/index.ts";

/** What is shown. */
export interface ViewSpec {
  readonly task: TaskId;
  readonly mode: SearchMode;
  readonly fusion: Fusion;
  readonly policy: Policy;
}

/** What the person did there: where in which long text the cursor stands. */
export interface ViewState {
  readonly sourceId: number | null;
  readonly cursor: number;
}

/** A view as it stands in the address: JSON, and never a word of the person's own. */
export interface View {
  readonly spec: ViewSpec;
  readonly state: ViewState;
}

export const DEFAULT_VIEW: View = {
  spec: { task: "qa", mode: "hybrid", fusion: "convex", policy: "use" },
  state: { sourceId: null, cursor: 0 },
};

export const MODES = ["semantic", "hybrid", "keywords"] as const satisfies readonly SearchMode[];
export const FUSIONS = ["convex", "reciprocal-rank"] as const satisfies readonly Fusion[];
export const POLICIES = ["use", "paper"] as const satisfies readonly Policy[];

/** The query part of an address; what is as usual is left out, except the task. */
export function formatView({ spec, state }: View): string {
  const parameters = new URLSearchParams({ task: spec.task });
  if (spec.mode !== DEFAULT_VIEW.spec.mode) parameters.set("mode", spec.mode);
  if (spec.fusion !== DEFAULT_VIEW.spec.fusion) parameters.set("fusion", spec.fusion);
  if (spec.policy !== DEFAULT_VIEW.spec.policy) parameters.set("policy", spec.policy);
  if (spec.task === "lrlm" && state.sourceId !== null) {
    parameters.set("text", String(state.sourceId));
    parameters.set("cursor", String(state.cursor));
  }
  return `?${parameters.toString()}`;
}

/** Reads an address; what it does not know falls back to the usual. */
export function parseView(search: string): View {
  const parameters = new URLSearchParams(search);
  const { spec, state } = DEFAULT_VIEW;
  const task = parameters.get("task");
  return {
    spec: {
      task: isTaskId(task) ? task : spec.task,
      mode: oneOf(MODES, parameters.get("mode")) ?? spec.mode,
      fusion: oneOf(FUSIONS, parameters.get("fusion")) ?? spec.fusion,
      policy: oneOf(POLICIES, parameters.get("policy")) ?? spec.policy,
    },
    state: {
      sourceId: whole(parameters.get("text")) ?? state.sourceId,
      cursor: whole(parameters.get("cursor")) ?? state.cursor,
    },
  };
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | undefined {
  return known.find((one) => one === value);
}

function whole(value: string | null): number | undefined {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
