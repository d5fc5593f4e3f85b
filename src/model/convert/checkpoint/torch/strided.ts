import type { RowRange } from "../checkpoint.ts";

/** A view of a run of elements; offset and strides count elements. */
export interface View {
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export const elementCount = (shape: readonly number[]) => shape.reduce((count, n) => count * n, 1);

/** How many elements lie between a view's first and its last, both counted. */
export function spanOf({ shape, strides }: View): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((span, n, axis) => span + (n - 1) * (strides[axis] ?? 0), 1);
}

/** Whether the elements already lie one after the other, row-major; axes of one element do not matter. */
export function isContiguous({ shape, strides }: View): boolean {
  if (shape.includes(0)) return true;
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis] ?? 1;
    if (n !== 1 && strides[axis] !== expected) return false;
    expected *= n;
  }
  return true;
}

export function rowsOf(view: View, { from, to }: RowRange): View {
  const [, ...rest] = view.shape;
  return { ...view, offset: view.offset + from * (view.strides[0] ?? 0), shape: [to - from, ...rest] };
}

/** Copies a view out of `span`, the elements from its first to its last, row-major. */
export function gather(span: Float32Array, { shape, strides }: View): Float32Array {
  const out = new Float32Array(elementCount(shape));
  const inner = shape.length - 1;
  const [innerSize, innerStride] = [shape[inner] ?? 1, strides[inner] ?? 0];
  const index = shape.slice(0, -1).map(() => 0);
  let start = 0;
  for (let at = 0; at < out.length;) {
    for (let i = 0; i < innerSize; i++) out[at++] = span[start + i * innerStride] ?? 0;
    for (let axis = inner - 1; axis >= 0; axis--) {
      const [next, stride] = [(index[axis] ?? 0) + 1, strides[axis] ?? 0];
      start += stride;
      index[axis] = next;
      if (next < (shape[axis] ?? 1)) break;
      start -= next * stride;
      index[axis] = 0;
    }
  }
  return out;
}
