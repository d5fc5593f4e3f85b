import { fromHalf } from "../../../base/half.ts";
import { createRng } from "../../../base/rng.ts";
import { nearestRows, placeAmong, principalAxes, startUmap, type Projection } from "../../../chart/index.ts";
import type { StoredVectors } from "../../../contract/index.ts";
import { keepPlaces, readPlaces } from "./kept-places.ts";
import { DRAWN, type MapAsk, type MapTold } from "./messages.ts";

/** Axes that the drawing works with, and how often each row is moved. */
const DIMS = 16;
const EPOCHS = 200;
const EPOCHS_A_TURN = 5;
/** A row that is not drawn stands among so many that are. */
const AMONG = 4;
const SEED = 20_231;

/** Everything that the map's worker does; runs in a test without one. */
export function createMapDrawer(tell: (told: MapTold) => void): { take(ask: MapAsk): Promise<void> } {
  let stored: StoredVectors | null = null;
  let projection: Projection | null = null;
  let run = 0;

  const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

  async function draw(name: string): Promise<void> {
    if (!stored || !projection) return;
    const mine = ++run;
    const key = await digestOf(stored.passageIds);
    const kept = await readPlaces(name, key);
    if (mine !== run) return;
    if (kept && kept.length === stored.rows * 2) {
      tell({ told: "places", how: "neighbours", places: kept, done: 1 });
      return;
    }
    const { rows, dims, values } = projection;
    const stride = Math.max(1, rows / DRAWN);
    const drawn = Array.from({ length: Math.min(rows, DRAWN) }, (_, i) => Math.floor(i * stride));
    const some = stride === 1 ? values : pick(values, dims, drawn);
    const umap = startUmap(
      { rows: drawn.length, dims, values: some },
      { rng: createRng(SEED), epochs: EPOCHS },
    );
    const near = stride === 1 ? null : nearestRows(some, dims, values, AMONG);
    const spread = () => (near ? placeAmong(umap.places, near, AMONG) : umap.places.slice());
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      umap.step();
      if ((epoch + 1) % EPOCHS_A_TURN !== 0) continue;
      await breathe();
      if (mine !== run) return;
      tell({ told: "places", how: "neighbours", places: spread(), done: (epoch + 1) / EPOCHS });
    }
    await keepPlaces(name, key, spread());
  }

  return {
    async take(ask) {
      switch (ask.ask) {
        case "open": {
          stored = ask.stored;
          projection = principalAxes(stored.vectors, stored.dim, DIMS);
          const places = pickDims(projection);
          tell({ told: "places", how: "axes", places, done: 1 });
          break;
        }
        case "draw":
          await draw(ask.key);
          break;
        case "stop":
          run++;
          break;
        case "score":
          if (stored) tell({ told: "scores", cosines: productsWith(stored, ask.query) });
          break;
        case "near": {
          if (!stored) return;
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

function productsWith({ rows, dim, vectors }: StoredVectors, query: Float32Array): Float32Array {
  const products = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const floats = fromHalf(vectors.subarray(row * dim, (row + 1) * dim));
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += (floats[d] ?? 0) * (query[d] ?? 0);
    products[row] = sum;
  }
  return products;
}

function bestOf(products: Float32Array, count: number, except: number): readonly number[] {
  const best: number[] = [];
  for (const [row, product] of products.entries()) {
    if (row === except) continue;
    if (best.length === count && product <= (products[best[count - 1] ?? 0] ?? 0)) continue;
    const place = best.findIndex((other) => (products[other] ?? 0) < product);
    best.splice(place < 0 ? best.length : place, 0, row);
    if (best.length > count) best.pop();
  }
  return best;
}

async function digestOf(ids: Int32Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", ids.slice());
  return Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
