import { bytesOf, transpose } from "../matrix.ts";
import { matMulNBits } from "../onnx/ops/runtime.ts";
import {
  blocksIn,
  BLOCK_SIZE,
  expandBlocks,
  quantizeBlocks,
  type QuantizedBlocks,
} from "../quantize-blocks.ts";
import { expandRows } from "../quantize.ts";
import { floatsOf, whole, type Find, type Form } from "./form.ts";
import { gatherIntegers, readTable, SCALE_SUFFIX, storeScales } from "./q8.ts";

const ZERO_SUFFIX = ".zero";

/**
 * 4 bits: matrices in blocks of 32 weights of one output, word vectors in 8 bits as `q8` has them.
 *
 * Word vectors in 4 bits (GatherBlockQuantized) would save another 12 MB of 80 at BERT-base's size; they are what the
 * first layer knows of a text, so they keep theirs.
 */
export const q4: Form = {
  dtype: "q4",
  places: "float16",
  linear(g, name, matrix, x) {
    const { rows: outputs, columns: inputs } = matrix;
    const blocks = blocksIn(inputs);
    let made: QuantizedBlocks = {
      values: new Uint8Array(),
      scales: new Float32Array(),
      zeros: new Uint8Array(),
    };
    const values = async () => {
      made = quantizeBlocks(await matrix.read(), outputs);
      return made.values;
    };
    g.deferred(name, "uint8", [outputs, blocks, BLOCK_SIZE / 2], () => whole(values()));
    const scales = storeScales(g, name, [outputs * blocks], () => made.scales);
    const zeros = g.deferred(name + ZERO_SUFFIX, "uint8", [outputs * Math.ceil(blocks / 2)], () =>
      whole(Promise.resolve(bytesOf(made.zeros))),
    );
    return matMulNBits(g, x, name, scales, zeros, { inputs, outputs, blockSize: BLOCK_SIZE });
  },
  words: gatherIntegers,
  matrix: (find, name, inputs, outputs) => transpose(expand(find, name, inputs, outputs), outputs),
  published: expand,
  table: (find, name, rows, columns) => expandRows(readTable(find, name, rows, columns)),
};

/** [outputs, inputs]. */
function expand(find: Find, name: string, inputs: number, outputs: number): Float32Array {
  const blocks = blocksIn(inputs);
  const quantized = {
    values: find(name, "uint8", [outputs, blocks, BLOCK_SIZE / 2]).data,
    scales: floatsOf(find(name + SCALE_SUFFIX, "float32", [outputs * blocks])),
    zeros: find(name + ZERO_SUFFIX, "uint8", [outputs * Math.ceil(blocks / 2)]).data,
  };
  return expandBlocks(quantized, outputs, inputs);
}
