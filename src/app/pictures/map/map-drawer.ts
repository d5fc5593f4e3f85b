import { fromHalf } from "../../../base/half.ts";
import { createRng } from "../../../base/rng.ts";
import {
  distinctiveWords,
  nearestRows,
  placeAmong,
  principalAxes,
  regionsOf,
  startUmap,
  type Projection,
} from "../../../chart/index.ts";
import type { StoredVectors } from "../../../contract/index.ts";
import { keepPlaces, readPlaces, type KeptPlaces } from "./kept-places.ts";
import { DRAWN, type MapAsk, type MapTold } from "./messages.ts";
import { bestOf, bestWay, productsWith } from "./products.ts";

/** Axes that the drawing works with, and how often each row is moved. */
const DIMS = 16;
const EPOCHS = 200;
const EPOCHS_A_TURN = 5;
/** A row that is not drawn stands among so many that are, and so many are looked up between two chances to stop. */
const AMONG = 4;
const ROWS_A_TURN = 2000;
/** The part of a drawing that looking them up is taken for. */
const LOOKING_UP = 0.3;
const SEED = 20_231;
const MOST_REGIONS = 24;
const TEXTS_A_REGION = 40;
const WORDS_A_NAME = 2;

/** Everything that the map's worker does; runs in a test without one. */
export function createMapDrawer(tell: (told: MapTold) => void): { take(ask: MapAsk): Promise<void> } {
  let stored: StoredVectors | null = null;
  let projection: Projection | null = null;
  let shown: Extract<MapTold, { told: "places" }> | null = null;
  let run = 0;
  let nearRun = 0;

  const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

  function show(how: "axes" | "neighbours", places: Float32Array, done: number, isMoving: boolean): void {
    shown = { told: "places", how, places, done, isMoving };
    tell(shown);
    if (!isMoving && stored) tell({ told: "regions", ...regionsWithSamples(places) });
  }

  async function draw(name: string, anew: boolean): Promise<void> {
    if (!stored || !projection) return;
    const mine = ++run;
    const { passageIds } = stored;
    const { rows, dims, values } = projection;
    const kept = anew ? null : await readPlaces(name);
    const before = kept && (await amongKept(passageIds, projection, kept, () => mine === run));
    if (mine !== run) return;
    if (before) {
      show("neighbours", before, 1, false);
      await keepPlaces(name, { passageIds, places: before });
      return;
    }
    const stride = Math.max(1, rows / DRAWN);
    const drawn = Array.from({ length: Math.min(rows, DRAWN) }, (_, i) => Math.floor(i * stride));
    const some = stride === 1 ? values : pick(values, dims, drawn);
    const near = stride === 1 ? null : await lookUp(some, dims, values, () => mine === run);
    if (mine !== run) return;
    const begun = near ? LOOKING_UP : 0;
    const umap = startUmap(
      { rows: drawn.length, dims, values: some },
      { rng: createRng(SEED), epochs: EPOCHS },
    );
    const spread = () => (near ? placeAmong(umap.places, near, AMONG) : umap.places.slice());
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      umap.step();
      if ((epoch + 1) % EPOCHS_A_TURN !== 0) continue;
      await breathe();
      if (mine !== run) return;
      show("neighbours", spread(), begun + ((1 - begun) * (epoch + 1)) / EPOCHS, epoch + 1 < EPOCHS);
    }
    await keepPlaces(name, { passageIds, places: spread() });
  }

  /** Places of rows most of which were kept: these stay, and new ones come among those most like them. */
  async function amongKept(
    passageIds: Int32Array,
    { dims, values }: Projection,
    kept: KeptPlaces,
    isWanted: () => boolean,
  ): Promise<Float32Array | null> {
    const placeOf = new Map(Array.from(kept.passageIds, (id, i) => [id, i]));
    const known = (row: number) => placeOf.get(passageIds[row] ?? -1);
    const rows = [...passageIds.keys()];
    const [old, added] = [
      rows.filter((row) => known(row) !== undefined),
      rows.filter((row) => known(row) === undefined),
    ];
    if (old.length < added.length || old.length < AMONG) return null;
    const places = new Float32Array(passageIds.length * 2);
    for (const row of old) {
      const at = (known(row) ?? 0) * 2;
      places.set(kept.places.subarray(at, at + 2), row * 2);
    }
    if (added.length === 0) return places;
    const stride = Math.max(1, old.length / DRAWN);
    const some = Array.from(
      { length: Math.min(old.length, DRAWN) },
      (_, i) => old[Math.floor(i * stride)] ?? 0,
    );
    const near = await lookUp(pick(values, dims, some), dims, pick(values, dims, added), isWanted);
    const placed = placeAmong(pick(places, 2, some), near, AMONG);
    for (const [i, row] of added.entries()) places.set(placed.subarray(i * 2, i * 2 + 2), row * 2);
    return places;
  }

  /** The drawn rows nearest to each row, a part at a time. */
  async function lookUp(some: Float32Array, dims: number, values: Float32Array, isWanted: () => boolean) {
    const rows = values.length / dims;
    const all = { rows: new Uint32Array(rows * AMONG), distances: new Float32Array(rows * AMONG) };
    for (let from = 0; from < rows && isWanted(); from += ROWS_A_TURN) {
      const part = nearestRows(some, dims, values.subarray(from * dims, (from + ROWS_A_TURN) * dims), AMONG);
      all.rows.set(part.rows, from * AMONG);
      all.distances.set(part.distances, from * AMONG);
      tell({ told: "progress", done: (LOOKING_UP * from) / rows });
      await breathe();
    }
    return all;
  }

  return {
    async take(ask) {
      switch (ask.ask) {
        case "open":
          stored = ask.stored;
          projection = principalAxes(stored.vectors, stored.dim, DIMS);
          show("axes", pickDims(projection), 0, true);
          break;
        case "draw":
          await draw(ask.key, ask.anew === true);
          break;
        case "stop":
          run++;
          if (shown) show(shown.how, shown.places, shown.done, false);
          break;
        case "name":
          tell({
            told: "names",
            names: distinctiveWords(ask.texts, WORDS_A_NAME).map((words) => words.join(" · ")),
          });
          break;
        case "score":
          if (stored) tell({ told: "scores", cosines: productsWith(stored, ask.query) });
          break;
        case "ways":
          if (stored) tell({ told: "ways", best: bestWay(stored, ask.queries) });
          break;
        case "near": {
          const mine = ++nearRun;
          await breathe();
          if (!stored || mine !== nearRun) return;
          const { dim, vectors } = stored;
          const own = fromHalf(vectors.subarray(ask.row * dim, (ask.row + 1) * dim));
          const products = productsWith(stored, own);
          tell({ told: "near", row: ask.row, rows: bestOf(products, ask.count, ask.row) });
          break;
        }
        default:
          ask satisfies never;
      }
    },
  };
}

/** Regions of a settled map, and rows evenly taken from each to name it by. */
function regionsWithSamples(places: Float32Array) {
  const { regions, of } = regionsOf(places, MOST_REGIONS);
  const rows = regions.map((): number[] => []);
  for (const [row, region] of of.entries()) rows[region]?.push(row);
  const samples = rows.map((own) => {
    const stride = Math.max(1, own.length / TEXTS_A_REGION);
    return Array.from(
      { length: Math.min(own.length, TEXTS_A_REGION) },
      (_, i) => own[Math.floor(i * stride)] ?? 0,
    );
  });
  return { regions, of, samples };
}

function pick(values: Float32Array, dims: number, rows: readonly number[]): Float32Array {
  const picked = new Float32Array(rows.length * dims);
  for (const [to, row] of rows.entries())
    picked.set(values.subarray(row * dims, (row + 1) * dims), to * dims);
  return picked;
}

function pickDims({ rows, dims, values }: Projection): Float32Array {
  return Float32Array.from({ length: rows * 2 }, (_, i) =>
    i % 2 < dims ? (values[Math.floor(i / 2) * dims + (i % 2)] ?? 0) : 0,
  );
}
