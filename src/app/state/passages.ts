import type { Passage } from "../../contract/index.ts";
import type { SliceContext } from "./slice.ts";
import { work } from "../words/en/work.ts";
import { wordsOf } from "../words/words.ts";

/** The passages of a collection or of one of its sources, as far as they were asked for, in pages. */
export interface PassageList {
  readonly total: number;
  readonly pages: Readonly<Record<number, readonly Passage[]>>;
}

/** Lists by `listKey`. */
export interface PassagesState {
  readonly lists: Readonly<Record<string, PassageList>>;
  /** Goes up when passages may have changed: what is mounted asks again. */
  readonly edition: number;
}

export const initialPassages: PassagesState = { lists: {}, edition: 0 };

export const PASSAGES_A_PAGE = 200;

export interface PassagesActions {
  /** Reads the page that holds a row, unless it is here or on its way. */
  need(scope: ListScope, row: number): Promise<void>;
  /** Marks all lists as old; their pages stay on show until the new ones are here. */
  forget(): void;
}

export interface ListScope {
  readonly collectionId: number;
  readonly sourceId?: number;
}

export function listKey({ collectionId, sourceId }: ListScope): string {
  return `${collectionId}:${sourceId ?? "all"}`;
}

/** One row of a list, or undefined while its page is not here. */
export function rowOf(list: PassageList | undefined, row: number): Passage | undefined {
  return list?.pages[Math.floor(row / PASSAGES_A_PAGE)]?.[row % PASSAGES_A_PAGE];
}

export function createPassagesActions(context: SliceContext): PassagesActions {
  const { engine, read, write } = context;
  const asked = new Map<string, Promise<void>>();

  async function readPage(scope: ListScope, page: number): Promise<void> {
    const key = listKey(scope);
    const { edition } = read().passages;
    try {
      const offset = page * PASSAGES_A_PAGE;
      const { total, passages } = await engine.passages({ ...scope, offset, limit: PASSAGES_A_PAGE });
      const { lists, edition: now } = read().passages;
      if (now !== edition) return;
      const pages = { ...lists[key]?.pages, [page]: passages };
      write("passages", { lists: { ...lists, [key]: { total, pages } } });
    } catch (error) {
      asked.delete(`${key}:${page}`);
      context.actions.jobs.fail(wordsOf("work", work).listingPassages, error);
    }
  }

  return {
    need(scope, row) {
      const page = Math.floor(Math.max(0, row) / PASSAGES_A_PAGE);
      const request = `${listKey(scope)}:${page}`;
      const reading = asked.get(request) ?? readPage(scope, page);
      asked.set(request, reading);
      return reading;
    },
    forget() {
      asked.clear();
      write("passages", { edition: read().passages.edition + 1 });
    },
  };
}
