import type { SliceContext } from "./slice.ts";

/** Something that was just taken away and can be put back. */
export interface UndoOffer {
  readonly id: number;
  /** What happened, as a sentence. */
  readonly said: string;
}

/** Beyond sources and collections, which have their own way back; see library.ts. */
export interface UndoState {
  readonly offers: readonly UndoOffer[];
}

export const initialUndo: UndoState = { offers: [] };

export interface UndoActions {
  /** The id by which it is taken or dismissed. */
  offer(said: string, restore: () => void | Promise<void>): number;
  /** Puts it back. */
  take(id: number): Promise<void>;
  dismiss(id: number): void;
}

/** Older offers give way, since what they would restore has been passed by. */
const MOST = 3;

export function createUndoActions({ read, write }: SliceContext): UndoActions {
  const restoreById = new Map<number, () => void | Promise<void>>();
  let lastId = 0;

  const keep = (offers: readonly UndoOffer[]): void => {
    for (const id of restoreById.keys()) if (!offers.some((one) => one.id === id)) restoreById.delete(id);
    write("undo", { offers });
  };

  const actions: UndoActions = {
    offer(said, restore) {
      const id = ++lastId;
      restoreById.set(id, restore);
      keep([...read().undo.offers, { id, said }].slice(-MOST));
      return id;
    },
    async take(id) {
      const restore = restoreById.get(id);
      actions.dismiss(id);
      await restore?.();
    },
    dismiss(id) {
      keep(read().undo.offers.filter((one) => one.id !== id));
    },
  };
  return actions;
}
