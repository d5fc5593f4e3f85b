import { createRoom, instantiateLearn, paddedTo16 } from "./learn-module.ts";

/** Inner products of one vector with every row of a matrix that is kept in a WebAssembly module. */
export type Dots = (vector: Float32Array) => Float32Array;

/** Cost: a copy of `rows`, which is f32[rows, dim]. Throws: RangeError where there is no memory for it. */
export function createDots(rows: Float32Array, dim: number): Dots {
  const learn = instantiateLearn();
  const room = createRoom(learn);
  const padded = paddedTo16(dim);
  const count = rows.length / dim;
  const stride = 4 * Math.ceil(count / 4);
  const rowsAt = room.take(stride * padded);
  const vectorAt = room.take(padded);
  const scoresAt = room.take(stride);
  room.open();
  const memory = new Float32Array(learn.memory.buffer);
  for (let row = 0; row < count; row++)
    memory.set(rows.subarray(row * dim, (row + 1) * dim), rowsAt / 4 + row * padded);
  return (vector) => {
    memory.set(vector, vectorAt / 4);
    learn.scores(vectorAt, rowsAt, scoresAt, 1, stride, padded);
    return memory.slice(scoresAt / 4, scoresAt / 4 + count);
  };
}
