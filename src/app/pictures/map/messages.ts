import type { MapRegion } from "../../../chart/index.ts";
import type { StoredVectors } from "../../../contract/index.ts";

/** As many rows are drawn themselves; the others are placed among them. */
export const DRAWN = 3000;

/** What the page asks of the worker that lays the map out. */
export type MapAsk =
  | { readonly ask: "open"; readonly stored: StoredVectors }
  /** Draws neighbours together; places come as it goes. `anew` forgets what was kept. */
  | { readonly ask: "draw"; readonly key: string; readonly anew?: boolean }
  | { readonly ask: "stop" }
  /** Names the regions by texts of some of their passages, as `regions` asked for them. */
  | { readonly ask: "name"; readonly texts: readonly (readonly string[])[] }
  /** Cosines of everything with a query. */
  | { readonly ask: "score"; readonly query: Float32Array }
  /** Under which of several queries each row stands best. */
  | { readonly ask: "ways"; readonly queries: readonly Float32Array[] }
  /** The nearest of one row, by its whole vector; of several asks in a row only the last is answered. */
  | { readonly ask: "near"; readonly row: number; readonly count: number };

/** What it answers. */
export type MapTold =
  | {
      readonly told: "places";
      readonly how: "axes" | "neighbours";
      /** f32[rows, 2]. */
      readonly places: Float32Array;
      /** Share of the drawing that is over; 1 for what was kept from an earlier visit. */
      readonly done: number;
      /** More will come: the drawing is neither over nor stopped. */
      readonly isMoving: boolean;
    }
  /** The drawing went on without moving a point. */
  | { readonly told: "progress"; readonly done: number }
  | {
      readonly told: "regions";
      readonly regions: readonly MapRegion[];
      /** i16, the region of each row or −1. */
      readonly of: Int16Array;
      /** Rows whose texts name each region. */
      readonly samples: readonly (readonly number[])[];
    }
  | { readonly told: "names"; readonly names: readonly string[] }
  | { readonly told: "scores"; readonly cosines: Float32Array }
  /** u8, the query of each row. */
  | { readonly told: "ways"; readonly best: Uint8Array }
  | { readonly told: "near"; readonly row: number; readonly rows: readonly number[] };
