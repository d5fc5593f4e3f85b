import type { Rng } from "../../base/rng.ts";
import { nearestRows } from "./nearest.ts";
import type { Projection } from "./pca.ts";

/** The curve for a least distance of 0.1 between points. Source: McInnes, Healy and Melville 2018, section 3.2. */
const CURVE = { a: 1.577, b: 0.895 };
const NEIGHBOURS = 15;
const AGAINST = 5;

export interface UmapOptions {
  readonly rng: Rng;
  readonly epochs: number;
}

/** A drawing under way, so that it can be shown and stopped between two steps. */
export interface Umap {
  /** f32[rows, 2]; changes with every step. */
  readonly places: Float32Array;
  /** One of `epochs`. */
  step(): void;
}

/**
 * Places rows in a plane so that neighbours stay neighbours, starting from their first two axes.
 *
 * Cost: rows² · dims for the neighbours, then a step rows · 15 · 6 moves at the most: for a few thousand rows.
 * Source: McInnes, Healy and Melville, UMAP, 2018 (arXiv 1802.03426), algorithms 2 to 5.
 */
export function startUmap(projection: Projection, { rng, epochs }: UmapOptions): Umap {
  const { rows } = projection;
  const places = startOf(projection);
  const edges = rows < 4 ? [] : edgesOf(projection, 1 / epochs / 2);
  const strongest = edges.reduce((most, { weight }) => Math.max(most, weight), 0);
  const due = Float64Array.from(edges, ({ weight }) => strongest / weight);
  let epoch = 0;
  return {
    places,
    step() {
      const reach = Math.max(0, 1 - epoch / epochs);
      epoch++;
      for (const [e, { from, to, weight }] of edges.entries()) {
        if ((due[e] ?? 0) > epoch) continue;
        due[e] = (due[e] ?? 0) + strongest / weight;
        pull(places, from, to, reach);
        for (let k = 0; k < AGAINST; k++) {
          const other = Math.floor(rng() * rows);
          if (other !== from) push(places, from, other, reach);
        }
      }
    },
  };
}

function pull(places: Float32Array, i: number, j: number, reach: number): void {
  const dx = (places[i * 2] ?? 0) - (places[j * 2] ?? 0);
  const dy = (places[i * 2 + 1] ?? 0) - (places[j * 2 + 1] ?? 0);
  const square = dx * dx + dy * dy;
  if (square === 0) return;
  const power = square ** CURVE.b;
  const force = (-2 * CURVE.a * CURVE.b * (power / square)) / (1 + CURVE.a * power);
  shift(places, i, held(force * dx) * reach, held(force * dy) * reach);
  shift(places, j, -held(force * dx) * reach, -held(force * dy) * reach);
}

function push(places: Float32Array, i: number, j: number, reach: number): void {
  const dx = (places[i * 2] ?? 0) - (places[j * 2] ?? 0);
  const dy = (places[i * 2 + 1] ?? 0) - (places[j * 2 + 1] ?? 0);
  const square = dx * dx + dy * dy;
  const force = (2 * CURVE.b) / ((0.001 + square) * (1 + CURVE.a * square ** CURVE.b));
  shift(places, i, held(force * dx) * reach, held(force * dy) * reach);
}

function shift(places: Float32Array, i: number, x: number, y: number): void {
  places[i * 2] = (places[i * 2] ?? 0) + x;
  places[i * 2 + 1] = (places[i * 2 + 1] ?? 0) + y;
}

/** Who is whose neighbour, and how surely: one of both suffices. */
function edgesOf({ rows, dims, values }: Projection, least: number): readonly Edge[] {
  const k = Math.min(NEIGHBOURS, rows - 1);
  const { rows: near, distances } = nearestRows(values, dims, values, k, true);
  const strength = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    const weights = memberships(distances.subarray(i * k, (i + 1) * k));
    for (let n = 0; n < k; n++) {
      const j = near[i * k + n] ?? 0;
      const key = Math.min(i, j) * rows + Math.max(i, j);
      const [one, other] = [strength.get(key) ?? 0, weights[n] ?? 0];
      strength.set(key, one + other - one * other);
    }
  }
  return [...strength]
    .filter(([, weight]) => weight > least)
    .map(([key, weight]) => ({ from: Math.floor(key / rows), to: key % rows, weight }));
}

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

const held = (value: number): number => Math.min(4, Math.max(-4, value));

/** How surely each neighbour is one, so that together they count as log2(k). */
function memberships(distances: Float32Array): Float32Array {
  const nearest = distances[0] ?? 0;
  const wanted = Math.log2(distances.length);
  let [low, high, sigma] = [0, Number.POSITIVE_INFINITY, 1];
  for (let round = 0; round < 48; round++) {
    let sum = 0;
    for (const distance of distances) sum += Math.exp(-Math.max(0, distance - nearest) / sigma);
    if (Math.abs(sum - wanted) < 1e-4) break;
    if (sum > wanted) high = sigma;
    else low = sigma;
    sigma = high === Number.POSITIVE_INFINITY ? sigma * 2 : (low + high) / 2;
  }
  return distances.map((distance) => Math.exp(-Math.max(0, distance - nearest) / Math.max(1e-6, sigma)));
}

/** The first two axes, ten wide. */
function startOf({ rows, dims, values }: Projection): Float32Array {
  const place = new Float32Array(rows * 2);
  let most = 1e-9;
  for (let i = 0; i < rows; i++)
    for (let d = 0; d < Math.min(2, dims); d++) {
      const value = values[i * dims + d] ?? 0;
      place[i * 2 + d] = value;
      most = Math.max(most, Math.abs(value));
    }
  return place.map((value) => (value * 5) / most);
}
