import type { FoundPage } from "./find/fuse.ts";
import type { Finder, Found } from "./find/finder.ts";

export interface SearchState {
  readonly question: string;
  readonly phase: "idle" | "searching" | "found" | "failed";
  readonly pages: readonly FoundPage[];
  readonly by: Found["by"] | null;
  readonly encoder: Found["encoder"];
  /** The full model: offered, being loaded, asked from now on; null where the site has none. */
  readonly full: "offered" | "loading" | "ready" | "failed" | null;
  /** There are pages besides; `more` reads them. */
  readonly more: boolean;
  /** A half of the search that could not be asked. */
  readonly missing: "keywords" | "meaning" | null;
  /** Why a search failed; null unless it did. */
  readonly failure: string | null;
}

/** One search that several elements show: an input here, results there. */
export interface SearchSession {
  readonly state: SearchState;
  subscribe(listener: (state: SearchState) => void): () => void;
  /** Loads what a question needs, before one is asked. */
  prepare(): void;
  ask(question: string): void;
  /** Reads further pages; those that are shown stay where they are. */
  more(): void;
  /** The person asks for the full model. */
  loadFull(): void;
  /** The page that the person is on: nothing above it moves until they leave it. */
  hold(url: string | null): void;
}

const IDLE: SearchState = {
  question: "",
  phase: "idle",
  pages: [],
  by: null,
  encoder: null,
  full: null,
  more: false,
  missing: null,
  failure: null,
};
/** Keys follow each other faster. */
const PAUSE_MS = 120;

/** Pages of each half that a first list and each `more` read. */
const PAGES = 5;

/** What a session needs once a question is near: loaded then. */
export interface LoadedFinder {
  readonly finder: Finder;
  readonly keepUpTo: KeepUpTo;
  /** Has the finder ask the full model from now on. */
  readonly takeFull: () => Promise<void>;
  /** The site wants it without being asked, and nobody pays for it by the byte. */
  readonly wantsFull: boolean;
}

export function createSession(loadFinder: () => Promise<LoadedFinder>, offersFull: boolean): SearchSession {
  const listeners = new Set<(state: SearchState) => void>();
  let state: SearchState = offersFull ? { ...IDLE, full: "offered" } : IDLE;
  let held: string | null = null;
  let wanted = PAGES;
  let current = new AbortController();
  let loading: ReturnType<typeof loadFinder> | undefined;
  const show = (next: Partial<SearchState>): void => {
    state = { ...state, ...next };
    for (const listener of listeners) listener(state);
  };
  const load = (): ReturnType<typeof loadFinder> => {
    loading ??= loadFinder();
    loading.catch(() => (loading = undefined));
    return loading;
  };
  const run = async (question: string, signal: AbortSignal, isNew: boolean): Promise<void> => {
    try {
      const { finder, keepUpTo } = await load();
      signal.throwIfAborted();
      let first = isNew;
      const stays = isNew ? () => held : () => state.pages.at(-1)?.url ?? null;
      const onFound = ({ pages, missing, ...found }: Found): void => {
        show({
          ...found,
          phase: "found",
          pages: first ? pages : keepUpTo(state.pages, pages, stays()),
          missing: missing[0]?.half ?? null,
        });
        first = false;
      };
      await finder.find(question, signal, onFound, wanted);
    } catch (error) {
      if (signal.aborted) return;
      show({
        phase: "failed",
        pages: [],
        by: null,
        failure: error instanceof Error ? error.message : String(error),
      });
    }
  };
  const takeFull = async (): Promise<void> => {
    if (state.full !== "offered" && state.full !== "failed") return;
    show({ full: "loading" });
    try {
      await (await load()).takeFull();
    } catch {
      // The table goes on; the offer says that it did not come.
      show({ full: "failed" });
      return;
    }
    show({ full: "ready" });
    if (state.phase === "found") void run(state.question, current.signal, false);
  };
  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    prepare() {
      load().then(
        ({ finder, wantsFull }) => {
          finder.prepare();
          if (wantsFull) whenIdle(() => void takeFull());
        },
        () => undefined,
      );
    },
    ask(question) {
      current.abort();
      current = new AbortController();
      const { signal } = current;
      held = null;
      wanted = PAGES;
      const asked = question.trim();
      if (asked === "") {
        show({ ...IDLE, full: state.full });
        return;
      }
      show({ question: asked, phase: "searching", failure: null });
      setTimeout(() => signal.aborted || void run(asked, signal, true), PAUSE_MS);
    },
    more() {
      if (!state.more) return;
      wanted += PAGES;
      void run(state.question, current.signal, false);
    },
    loadFull: () => void takeFull(),
    hold(url) {
      held = url;
    },
  };
}

type KeepUpTo = (
  shown: readonly FoundPage[],
  next: readonly FoundPage[],
  activeUrl: string | null,
) => readonly FoundPage[];

/** Safari has no idle callback. */
function whenIdle(act: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(act);
  else setTimeout(act, 1000);
}

/** What elements of one index share. */
export interface SessionPlace {
  readonly indexUrl: URL;
  readonly siteUrl: URL;
  /** A folder with Sextant's library and the full model; null where the site has none. */
  readonly fullUrl: URL | null;
  /** The site wants the full model as soon as the page is idle. */
  readonly fullWhenIdle: boolean;
  /** JSON of the weights that an element names; null for the usual ones. */
  readonly weights: string | null;
}

interface Shared {
  readonly session: SearchSession;
  weights: string | null;
}

const finders = new Map<string, Promise<LoadedFinder>>();
const sessions = new Map<string, Shared>();

/**
 * The session of an index and a group: elements that name the same share it, with the weights that one of them names, and
 * all of one index and weights share its files.
 */
export function sharedSession(place: SessionPlace, group: string): SearchSession {
  const key = `${group} ${place.indexUrl.href}`;
  const known = sessions.get(key);
  if (known) {
    known.weights = place.weights ?? known.weights;
    return known.session;
  }
  const shared: Shared = {
    weights: place.weights,
    session: createSession(() => sharedFinder({ ...place, weights: shared.weights }), place.fullUrl !== null),
  };
  sessions.set(key, shared);
  return shared.session;
}

function sharedFinder(place: SessionPlace): Promise<LoadedFinder> {
  const key = `${place.indexUrl.href} ${place.siteUrl.href} ${place.weights ?? ""}`;
  const loading = finders.get(key) ?? loadFinder(place);
  finders.set(key, loading);
  loading.catch(() => finders.delete(key));
  return loading;
}

async function loadFinder(place: SessionPlace): Promise<LoadedFinder> {
  const { createFinder, EVEN, isUnmetered, keepUpTo, openFullModel, parseWeights } =
    await import("./find/index.ts");
  const { indexUrl, siteUrl, fullUrl, fullWhenIdle } = place;
  const weights = place.weights === null ? EVEN : parseWeights(place.weights);
  const language = document.documentElement.lang;
  const finder = createFinder({ indexUrl, siteUrl, language, weights });
  let opening: Promise<void> | undefined;
  const openFull = async (): Promise<void> => {
    const model = await finder.model();
    if (fullUrl && model !== null) finder.setEncoder(await openFullModel(fullUrl, model));
  };
  const takeFull = (): Promise<void> => {
    opening ??= openFull();
    opening.catch(() => (opening = undefined));
    return opening;
  };
  const connection: unknown = Reflect.get(navigator, "connection");
  const wantsFull = fullWhenIdle && isUnmetered(connection as Parameters<typeof isUnmetered>[0]);
  return { finder, keepUpTo, takeFull, wantsFull };
}
