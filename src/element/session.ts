import type { FoundPage } from "./find/fuse.ts";
import type { Finder, Found } from "./find/finder.ts";

export interface SearchState {
  readonly question: string;
  readonly phase: "idle" | "searching" | "found" | "failed";
  readonly pages: readonly FoundPage[];
  readonly by: Found["by"] | null;
  readonly encoder: Found["encoder"];
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
  /** The page that the person is on: nothing above it moves until they leave it. */
  hold(url: string | null): void;
}

const IDLE: SearchState = {
  question: "",
  phase: "idle",
  pages: [],
  by: null,
  encoder: null,
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
}

export function createSession(loadFinder: () => Promise<LoadedFinder>): SearchSession {
  const listeners = new Set<(state: SearchState) => void>();
  let state = IDLE;
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
        ({ finder }) => finder.prepare(),
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
        show(IDLE);
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

const finders = new Map<string, Promise<LoadedFinder>>();
const sessions = new Map<string, SearchSession>();

/** The session of an index and a group: elements that name the same share it, and all of one index share its files. */
export function sharedSession(indexUrl: URL, siteUrl: URL, group: string): SearchSession {
  const key = `${group} ${indexUrl.href}`;
  const session =
    sessions.get(key) ?? createSession(() => sharedFinder(indexUrl, siteUrl, document.documentElement.lang));
  sessions.set(key, session);
  return session;
}

function sharedFinder(indexUrl: URL, siteUrl: URL, language: string): Promise<LoadedFinder> {
  const key = `${indexUrl.href} ${siteUrl.href}`;
  const known = finders.get(key);
  if (known) return known;
  const loading = import("./find/index.ts").then(({ createFinder, keepUpTo }) => ({
    finder: createFinder({ indexUrl, siteUrl, language }),
    keepUpTo,
  }));
  finders.set(key, loading);
  loading.catch(() => finders.delete(key));
  return loading;
}
