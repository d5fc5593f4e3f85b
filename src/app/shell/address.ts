import type { AppState, AppStore } from "../state/store.ts";
import { formatView, parseView, type View } from "../state/url.ts";

function viewOf({ query }: AppState): View {
  const { task, mode, fusion, policy, sourceId, cursor } = query;
  return { spec: { task, mode, fusion, policy }, state: { sourceId, cursor } };
}

/** The view that the address asks for. */
export function viewOfAddress(): View {
  return parseView(location.search);
}

/** Keeps address and store together: another task is a step of the history, everything else replaces it. */
export function followAddress({ state, actions }: AppStore, signal: AbortSignal): void {
  const write = (now: AppState, before: AppState): void => {
    const address = formatView(viewOf(now));
    if (address === location.search) return;
    if (now.query.task === before.query.task) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  };
  const unsubscribe = state.subscribe((now, before) => now.query !== before.query && write(now, before));
  window.addEventListener("popstate", () => actions.query.show(viewOfAddress()), { signal });
  signal.addEventListener("abort", unsubscribe);
}
