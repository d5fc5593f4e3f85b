import type { SliceContext } from "./slice.ts";

/** Whether what was brought is safe where it lies: what the browser did to it, and what it promises. */
export interface SafetyState {
  /** Passages that were here at the last visit, when now there is nothing at all; null where all is well. */
  readonly evicted: number | null;
  /** What the person is asked, or was answered, about keeping the data under storage pressure. */
  readonly keeping: "unasked" | "asked" | "refused";
}

export const initialSafety: SafetyState = { evicted: null, keeping: "unasked" };

export interface SafetyActions {
  /** Compares what is here with what was here, and remembers it for the next start. */
  watch(): void;
  /** Asks the browser for its promise. */
  keep(): Promise<void>;
  /** Leaves it as it is, at later visits too. */
  leave(): void;
  dismissEvicted(): void;
}

/**
 * How much was here, kept outside of the files: Chromium clears those of a site together under pressure, and leaves
 * localStorage alone. What clears both leaves nothing that could tell.
 */
const HELD = "sextant.held";
const KEEP_ANSWERED = "sextant.keep-answered";

/** So much took a while to embed: worth a question. A browser that is asked about nothing says no more easily. */
const WORTH_KEEPING = 500;

export function createSafetyActions(context: SliceContext): SafetyActions {
  const { read, write, environment } = context;
  let isFirst = true;

  return {
    watch() {
      const passages = read().corpus.collections.reduce((sum, collection) => sum + collection.passages, 0);
      const held = Number(environment.readPreference(HELD) ?? 0);
      if (isFirst && passages === 0 && read().corpus.collections.length === 0 && held > 0)
        write("safety", { evicted: held });
      isFirst = false;
      if (passages !== held) environment.writePreference(HELD, String(passages));
      const isUnpromised = read().model.status?.storage.persisted === false;
      const isOpen =
        read().safety.keeping === "unasked" && environment.readPreference(KEEP_ANSWERED) === null;
      if (isUnpromised && isOpen && passages >= WORTH_KEEPING) write("safety", { keeping: "asked" });
    },
    async keep() {
      environment.writePreference(KEEP_ANSWERED, "yes");
      await context.actions.model.persist();
      const isKept = read().model.status?.storage.persisted === true;
      write("safety", { keeping: isKept ? "unasked" : "refused" });
    },
    leave() {
      environment.writePreference(KEEP_ANSWERED, "yes");
      write("safety", { keeping: "unasked" });
    },
    dismissEvicted: () => write("safety", { evicted: null }),
  };
}
