import { expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { diversify } from "./diversify.ts";
import type { RankedHit } from "./ranked-hit.ts";

const hit = (id: number, score: number): RankedHit => ({ id, score, semantic: null, keywords: null });
const order = (hits: readonly RankedHit[]) => hits.map(({ id }) => id);

test("a copy of a better hit goes behind what is new", () => {
  const ranked = [hit(1, 1), hit(2, 0.99), hit(3, 0.6)];
  const vectors = Float32Array.of(1, 0, 1, 0, 0, 1);
  expect(order(diversify({ ranked, vectors, diversity: 0.5 }))).toEqual([1, 3, 2]);
  expect(order(diversify({ ranked, vectors, diversity: 0 }))).toEqual([1, 2, 3]);
});

test("each hit tells where it would be by score alone, and how like one before it it is", () => {
  const ranked = [hit(1, 1), hit(2, 0.99), hit(3, 0.6)];
  const vectors = Float32Array.of(1, 0, 0.8, 0.6, 0, 1);
  const told = diversify({ ranked, vectors, diversity: 0.7 }).map(({ id, score, spread }) => [
    id,
    score,
    spread?.rankByScore,
    spread && Math.round(100 * spread.likeness),
  ]);
  expect(told).toEqual([
    [1, 1, 1, 0],
    [3, 0.6, 3, 0],
    [2, 0.99, 2, 80],
  ]);
});

test("the best stays first, nothing is lost or doubled, and no diversity changes nothing", () => {
  const rng = createRng(8);
  for (let round = 0; round < 50; round++) {
    const count = Math.floor(rng() * 12);
    const ranked = Array.from({ length: count }, (_, id) => hit(id, rng())).sort((a, b) => b.score - a.score);
    const vectors = Float32Array.from({ length: count * 3 }, () => rng() - 0.5);
    const moved = diversify({ ranked, vectors, diversity: rng() * 0.99 });
    expect(order(moved).toSorted((a, b) => a - b)).toEqual(order(ranked).toSorted((a, b) => a - b));
    expect(moved[0]?.id).toBe(ranked[0]?.id);
    expect(order(diversify({ ranked, vectors, diversity: 0 }))).toEqual(order(ranked));
  }
});

test("hits of words alone, without vectors, keep their order", () => {
  const ranked = [hit(1, 3), hit(2, 2), hit(3, 1)];
  expect(order(diversify({ ranked, vectors: new Float32Array(12), diversity: 0.7 }))).toEqual(order(ranked));
});
