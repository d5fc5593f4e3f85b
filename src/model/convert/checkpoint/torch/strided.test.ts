import { expect, test } from "vitest";
import { createRng } from "../../../../base/rng.ts";
import { elementCount, gather, isContiguous, rowsOf, spanOf, type View } from "./strided.ts";

/** The definition: the element at an index is that at the sum of index times stride. */
function slowly(storage: Float32Array, { offset, shape, strides }: View): number[] {
  const out: number[] = [];
  for (let flat = 0; flat < elementCount(shape); flat++) {
    let [rest, place] = [flat, offset];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    out.push(storage[place]!);
  }
  return out;
}

test("random views are copied out as their definition says, and so are their rows", () => {
  const rng = createRng(11);
  const upTo = (n: number) => Math.floor(rng() * (n + 1));
  const storage = Float32Array.from({ length: 4000 }, (_, i) => i);
  for (let round = 0; round < 300; round++) {
    const rank = upTo(4);
    const shape = Array.from({ length: rank }, () => upTo(4));
    const strides = Array.from({ length: rank }, () => upTo(12));
    const view = { offset: upTo(50), shape, strides };
    const span = storage.slice(view.offset, view.offset + spanOf(view));
    expect([...gather(span, view)]).toEqual(slowly(storage, view));
    if (isContiguous(view)) expect([...span]).toEqual(slowly(storage, view));
    if (rank === 0) continue;
    const to = upTo(shape[0]!);
    const rows = rowsOf(view, { from: upTo(to), to });
    const part = storage.slice(rows.offset, rows.offset + spanOf(rows));
    expect([...gather(part, rows)]).toEqual(slowly(storage, rows));
  }
});

test("axes of one element do not keep a view from being contiguous", () => {
  expect(isContiguous({ offset: 0, shape: [1, 3, 1, 2], strides: [77, 2, 0, 1] })).toBe(true);
  expect(isContiguous({ offset: 0, shape: [2, 3], strides: [1, 2] })).toBe(false);
});
