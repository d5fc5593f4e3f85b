import type { FoundPage } from "./find/fuse.ts";
import type { Finder, Found } from "./find/finder.ts";

export interface SearchState {
  readonly question: string;
  readonly phase: "idle" | "searching" | "found" | "failed";
  readonly pages: readonly FoundPage[];
  readonly by: Found["by"] | null;
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
  /** The page that the person is on: nothing above it moves until they leave it. */
  hold(url: string | null): void;
}

const IDLE: SearchState = { question: "", phase: "idle", pages: [], by: null, missing: null, failure: null };
/** Keys follow each other faster. */
const PAUSE_MS = 120;

export function createSession(
  loadFinder: () => Promise<{ readonly finder: Finder; readonly keepUpTo: KeepUpTo }>,
): SearchSession {
  const listeners = new Set<(state: SearchState) => void>();
  let state = IDLE;
  let held: string | null = null;
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
  const run = async (question: string, signal: AbortSignal): Promise<void> => {
    try {
      const { finder, keepUpTo } = await load();
      signal.throwIfAborted();
      let first = true;
      await finder.find(question, signal, ({ pages, by, missing }) => {
        show({
          phase: "found",
          pages: first ? pages : keepUpTo(state.pages, pages, held),
          by,
          missing: missing[0]?.half ?? null,
        });
        first = false;
      });
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
      load().catch(() => undefined);
    },
    ask(question) {
      current.abort();
      current = new AbortController();
      const { signal } = current;
      held = null;
      const asked = question.trim();
      if (asked === "") {
        show(IDLE);
        return;
      }
      show({ question: asked, phase: "searching", failure: null });
      setTimeout(() => signal.aborted || void run(asked, signal), PAUSE_MS);
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

const sessions = new Map<string, SearchSession>();

/** The session of an index and a group: elements that name the same share it. */
export function sharedSession(indexUrl: URL, siteUrl: URL, group: string): SearchSession {
  const key = `${group} ${indexUrl.href}`;
  const session =
    sessions.get(key) ??
    createSession(async () => {
      const { createFinder, keepUpTo } = await import("./find/index.ts");
      return { finder: createFinder({ indexUrl, siteUrl }), keepUpTo };
    });
  sessions.set(key, session);
  return session;
}
