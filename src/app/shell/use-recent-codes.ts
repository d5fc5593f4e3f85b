import { use, useEffect } from "react";
import { AppStoreContext } from "../state/context.tsx";
import type { AppState } from "../state/store.ts";

/** Codes of everything on the page that went wrong, by what they belong to. */
function codesOf({ jobs, corpus, model }: AppState): ReadonlyMap<string, string> {
  return new Map([
    ...jobs.failures.map(({ id, code }) => [`failure ${id}`, code] as const),
    ...corpus.notices.map(({ id, code }) => [`notice ${id}`, code] as const),
    ...model.degraded.map(({ id, code }) => [`degraded ${id}`, code] as const),
    ...(model.unopened ? [["unopened", model.unopened.code] as const] : []),
  ]);
}

/** Keeps the codes of what goes wrong for the diagnostics page, beyond the notices that tell of them. */
export function useRecentCodes(): void {
  const store = use(AppStoreContext);
  useEffect(() => {
    if (store === null) return undefined;
    const { state, actions } = store;
    let known: ReadonlyMap<string, string> = new Map();
    const look = (now: AppState): void => {
      const codes = codesOf(now);
      const fresh = [...codes].filter(([what]) => !known.has(what));
      known = codes;
      for (const [, code] of fresh) actions.panel.noteCode(code);
    };
    look(state.getState());
    return state.subscribe((now, before) => {
      const isSame = now.jobs === before.jobs && now.corpus === before.corpus && now.model === before.model;
      if (!isSame) look(now);
    });
  }, [store]);
}
