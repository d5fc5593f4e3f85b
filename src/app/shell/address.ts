import { KIND_OF_TASK } from "../../contract/index.ts";
import { formatPlace, parsePlace } from "../library/address.ts";
import { formatPicture, parsePicture } from "../pictures/address.ts";
import { formatWhere, parseWhere, type Where } from "../search/address.ts";
import { currentQuery } from "../state/query.ts";
import { selectSample } from "../state/select.ts";
import type { AppActions, AppState, AppStore } from "../state/store.ts";
import { formatView, parseView, type View } from "../state/url.ts";

function viewOf({ query }: AppState): View {
  const { task, mode, fusion, policy, sourceId, cursor } = query;
  return { spec: { task, mode, fusion, policy }, state: { sourceId, cursor } };
}

/** The view that the address asks for. */
export function viewOfAddress(): View {
  return parseView(location.search);
}

/** Narrows the search to what an address names, as far as it is here. */
function showWhere({ query, corpus, refine }: AppState, actions: AppActions, where: Where): void {
  const { collectionId, narrowing, exactness, fewerDuplicates } = where;
  const kind = KIND_OF_TASK[query.task];
  const named = corpus.collections.find((one) => one.kind === kind && one.id === collectionId);
  if (named && corpus.chosen[kind] !== named.id) actions.corpus.choose(named);
  if (Object.values(narrowing).some(({ length }) => length > 0)) actions.refine.narrow(kind, narrowing);
  if (exactness !== "exact" && refine.exactness === "exact") actions.refine.setExactness(exactness);
  if (fewerDuplicates && !refine.fewerDuplicates) actions.refine.setFewerDuplicates(true);
}

/** Asks a query of the sample, unless something is being asked already. */
function askSample(state: AppState, { query }: AppActions, place: number): void {
  const { task } = state.query;
  const asked = selectSample(state, task)?.queries[place];
  if (asked?.task === task && currentQuery(state, task) === null) query.use(asked);
}

/** Keeps address and store together: another task or place in the library is a step of the history, everything else replaces it. */
export function followAddress({ state, actions }: AppStore, signal: AbortSignal): void {
  let isGoingBack = false;
  /** Until what it names has been read, an address is not written over. */
  let isOpening = true;
  const write = (now: AppState, before: AppState): void => {
    const address =
      formatView(viewOf(now)) +
      formatWhere(now, now.query.task) +
      formatPicture(now.pictures, now.query.task) +
      formatPlace(now.library.place);
    if (isGoingBack || isOpening || address === location.search) return;
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
    now.refine !== before.refine ||
    now.corpus.chosen !== before.corpus.chosen ||
    now.library.place !== before.library.place;
  const unsubscribe = state.subscribe((now, before) => isOther(now, before) && write(now, before));
  const goBack = (): void => {
    isGoingBack = true;
    actions.library.show(parsePlace(location.search));
    actions.query.show(viewOfAddress());
    showPicture();
    isGoingBack = false;
  };
  const asked = parseWhere(location.search);
  const open = (now: AppState): void => {
    if (!now.corpus.ready) return;
    if (isOpening) {
      isOpening = false;
      showWhere(now, actions, asked);
    }
    if (asked.sample === null || now.panel.samples.length > 0) stopOpening();
    if (asked.sample !== null && now.panel.samples.length > 0) askSample(now, actions, asked.sample);
  };
  const stopOpening = state.subscribe(open);
  signal.addEventListener("abort", stopOpening);
  window.addEventListener("popstate", goBack, { signal });
  signal.addEventListener("abort", unsubscribe);
}
