import type { StoredVectors } from "../../../contract/index.ts";

/** As many rows are drawn themselves; the others are placed among them. */
export const DRAWN = 3000;

/** What the page asks of the worker that lays the map out. */
export type MapAsk =
  | { readonly ask: "open"; readonly stored: StoredVectors }
  /** Draws neighbours together; places come as it goes. */
  | { readonly ask: "draw"; readonly key: string }
  | { readonly ask: "stop" }
  /** Cosines of everything with a query. */
  | { readonly ask: "score"; readonly query: Float32Array }
  /** The nearest of one row, by its whole vector. */
  | { readonly ask: "near"; readonly row: number; readonly count: number };

/** What it answers. */
export type MapTold =
  /** f32[rows, 2]. `done` is the share of the drawing that is over; 1 for what was kept from an earlier visit. */
  | {
      readonly told: "places";
      readonly how: "axes" | "neighbours";
      readonly places: Float32Array;
      readonly done: number;
    }
  | { readonly told: "scores"; readonly cosines: Float32Array }
  | { readonly told: "near"; readonly row: number; readonly rows: readonly number[] };
