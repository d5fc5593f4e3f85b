import { formatPlace, parsePlace } from "../library/address.ts";
import { formatPicture, parsePicture } from "../pictures/address.ts";
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

/** Keeps address and store together: another task or place in the library is a step of the history, everything else replaces it. */
export function followAddress({ state, actions }: AppStore, signal: AbortSignal): void {
  let isGoingBack = false;
  const write = (now: AppState, before: AppState): void => {
    const address =
      formatView(viewOf(now)) + formatPicture(now.pictures, now.query.task) + formatPlace(now.library.place);
    if (isGoingBack || address === location.search) return;
    const isStep = now.query.task !== before.query.task || now.library.place !== before.library.place;
    if (!isStep) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  };
  const showPicture = (): void => {
    const { spec, state: done } = parsePicture(location.search);
    const { task } = viewOfAddress().spec;
    actions.pictures.show(spec.picture);
    actions.pictures.colourMap(spec.colour);
    actions.pictures.seeMap(task, done.seen);
    actions.pictures.cut(task, done.cut);
  };
  actions.library.show(parsePlace(location.search));
  showPicture();
  const isOther = (now: AppState, before: AppState): boolean =>
    now.query !== before.query ||
    now.pictures !== before.pictures ||
    now.library.place !== before.library.place;
  const unsubscribe = state.subscribe((now, before) => isOther(now, before) && write(now, before));
  const goBack = (): void => {
    isGoingBack = true;
    actions.library.show(parsePlace(location.search));
    actions.query.show(viewOfAddress());
    showPicture();
    isGoingBack = false;
  };
  window.addEventListener("popstate", goBack, { signal });
  signal.addEventListener("abort", unsubscribe);
}
