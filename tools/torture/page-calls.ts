import type { FoundSource, Place } from "./ledger.ts";

/** What the page tells while it works; `begin` is waited for before the work begins. */
export type Told =
  | { readonly type: "begin"; readonly names: readonly string[]; readonly to: Place }
  /** `untilMs`: when what was removed is freed by itself. */
  | {
      readonly type: "done";
      readonly names: readonly string[];
      readonly to: Place;
      readonly untilMs?: number;
    }
  | { readonly type: "passages"; readonly name: string; readonly count: number }
  /** The work is under way: from now on it may be killed. */
  | { readonly type: "started" };

/** Sources to add, and how many passages each has. */
export type Wanted = readonly { readonly name: string; readonly passages: number }[];

export const DIRECTORIES = { engine: "sextant", store: "torture-store", old: "torture-old" } as const;

/** What lies in a database, looked at from beneath. */
export interface Examination {
  readonly schema: number;
  readonly sources: readonly (FoundSource & { readonly collection: string })[];
  readonly passages: number;
  readonly vectors: number;
  /** Bytes in its folder that belong to nothing, beside what the database may use again. */
  readonly orphanBytes: number;
  readonly freeBytes: number;
  /** Each is one row, or one table, that is not what it must be. */
  readonly corrupt: readonly string[];
}

/** A source as the engine has it; `done` of its passages are stored with their vectors. */
export interface HeldSource {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

type Nothing = Readonly<Record<string, never>>;

/** What the page under torture can be asked. The first five run until they are killed, or until they are through. */
export interface PageCalls {
  /** Adds and embeds through the engine. */
  index: { in: { readonly add: Wanted }; out: void };
  /** Removes, brings back and frees through the engine. */
  remove: { in: { readonly names: readonly string[]; readonly seed: number }; out: void };
  /** Appends, removes and frees in the database, with vectors made of the text. */
  write: {
    in: { readonly add: Wanted; readonly names: readonly string[]; readonly seed: number };
    out: void;
  };
  /** Opens a database of an older schema, made by `makeOld`. */
  migrate: { in: Nothing; out: void };
  importBundle: { in: Nothing; out: void };
  convert: { in: Nothing; out: void };

  /** Makes the database that `migrate` opens. */
  makeOld: { in: { readonly schema: number; readonly passages: number }; out: void };
  /** Writes all collections into one file, in the origin's private file system. */
  makeBundle: { in: Nothing; out: { readonly passages: number } };
  examine: { in: { readonly directory: string; readonly madeVectors: boolean }; out: Examination };
  clear: { in: { readonly directory: string }; out: void };
  /** Opens the engine, finishes what was cut off, and embeds every passage again: those whose vector is another one. */
  settle: { in: Nothing; out: { readonly wrong: readonly string[]; readonly checked: number } };
  /** Imports the rest, and compares with what was exported. */
  settleImport: { in: { readonly passages: number }; out: { readonly wrong: readonly string[] } };
  /** Converts where that was cut off, opens what came of it, removes it. */
  settleModel: { in: Nothing; out: { readonly wrong: readonly string[]; readonly orphanBytes: number } };
  /** Removes for good. */
  trim: { in: { readonly names: readonly string[] }; out: void };
  open: { in: { readonly device: "wasm" | "webgpu" }; out: void };
  close: { in: Nothing; out: void };
  /** Embeds so many texts of so many tokens that no batch of up to `tokens` has a shape which has not run; how many shapes. */
  warm: { in: { readonly tokens: number }; out: { readonly shapes: number } };
  /** How many of the added sources were found by the words of their last passage. */
  soakStep: {
    in: { readonly add: Wanted; readonly forget: readonly string[] };
    out: { readonly found: number };
  };
  /** Whether a search for this passage brings it first, and when it was answered, by the clock of the machine. */
  seek: { in: { readonly text: string }; out: { readonly isFound: boolean; readonly atMs: number } };
  /** Whether this tab runs the engine. */
  owns: { in: Nothing; out: { readonly isOwner: boolean } };
  held: { in: Nothing; out: { readonly sources: readonly HeldSource[] } };
  measure: {
    in: Nothing;
    out: { readonly heapBytes: number; readonly locks: number; readonly databaseBytes: number };
  };
}

export type Page = { [N in keyof PageCalls]: (input: PageCalls[N]["in"]) => Promise<PageCalls[N]["out"]> };
