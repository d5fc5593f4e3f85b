import { toHalf as halvesOf } from "../../../base/half.ts";
import type { Graph, Value } from "../onnx/graph.ts";
import { gather, matMul, split, toFloat, toHalf } from "../onnx/ops/standard.ts";
import { lookUpIntegers, multiplyIntegers, quantizeActivations, SCALE_SUFFIX } from "../forms/q8.ts";
import { bytesOf, sliceColumns } from "../matrix.ts";
import type { BertOptions } from "./bert.ts";
import { TABLES } from "./names.ts";

/** How a run-time graph holds numbers, looks words up and multiplies in one arithmetic. */
export interface ArithmeticSteps {
  /** Constants in the type of the layers. */
  number(name: string, values: Float32Array, shape: readonly number[]): Value;
  /** f32 → the type of the layers. */
  cast(x: Value): Value;
  words(ids: Value): Value;
  linear(name: string, inputs: number, outputs: number, x: Value): Value;
  /** Query of `x0`, key and value of `x`, all without bias. */
  projected(name: string, x0: Value, x: Value): readonly [query: Value, key: Value, value: Value];
}

export function openArithmetic(g: Graph, options: BertOptions): ArithmeticSteps {
  const { arithmetic } = options;
  switch (arithmetic) {
    case "float32":
    case "float16":
      return floatSteps(g, options, arithmetic);
    case "int8":
      return integerSteps(g, options);
    default:
      return arithmetic satisfies never;
  }
}

function floatSteps(
  g: Graph,
  { config, weights, device }: BertOptions,
  type: "float32" | "float16",
): ArithmeticSteps {
  const { hidden, vocabulary } = config;
  const store = (name: string, values: Float32Array, shape: readonly number[]): Value =>
    g.constant(type === "float16" ? halvesOf(values) : values, shape, name);
  const steps: ArithmeticSteps = {
    number: store,
    cast: (x) => (type === "float16" ? toHalf(g, x) : x),
    words(ids) {
      if (device === "wasm" && type === "float32") return storedWords(g, { config, weights }, ids);
      const table = weights.table(TABLES.words, vocabulary, hidden);
      return gather(g, store(TABLES.words, table, [vocabulary, hidden]), ids);
    },
    linear(name, inputs, outputs, x) {
      return matMul(g, x, store(name, weights.matrix(name, inputs, outputs), [inputs, outputs]));
    },
    projected(name, x0, x) {
      const packed = bytesOf(weights.matrix(name, hidden, 3 * hidden));
      const part = (index: number, y: Value): Value => {
        const bytes = sliceColumns(packed, 3 * hidden, 4, index * hidden, (index + 1) * hidden);
        return matMul(g, y, store(`${name}.${index}`, new Float32Array(bytes.buffer), [hidden, hidden]));
      };
      return [part(0, x0), part(1, x), part(2, x)];
    },
  };
  return steps;
}

function integerSteps(g: Graph, { config, weights }: BertOptions): ArithmeticSteps {
  const { hidden } = config;
  const multiply = (name: string, x: Value, values: Int8Array, scales: Float32Array): Value => {
    const outputs = scales.length;
    const matrix = g.constant(values, [values.length / outputs, outputs], name);
    const scale = g.constant(scales, [outputs], name + SCALE_SUFFIX);
    return multiplyIntegers(g, quantizeActivations(g, x), matrix, scale);
  };
  return {
    number: (name, values, shape) => g.constant(values, shape, name),
    cast: (x) => x,
    words: (ids) => storedWords(g, { config, weights }, ids),
    linear(name, inputs, outputs, x) {
      const { values, scales } = weights.integers(name, inputs, outputs);
      return multiply(name, x, values, scales);
    },
    projected(name, x0, x) {
      const { values, scales } = weights.integers(name, hidden, 3 * hidden);
      if (x0 === x) {
        const [query = "", key = "", value = ""] = split(g, multiply(name, x, values, scales), [
          hidden,
          hidden,
          hidden,
        ]);
        return [query, key, value];
      }
      const columns = (from: number, to: number): Int8Array =>
        new Int8Array(sliceColumns(bytesOf(values), 3 * hidden, 1, from, to).buffer);
      const query = multiply(`${name}.query`, x0, columns(0, hidden), scales.slice(0, hidden));
      const others = multiply(`${name}.others`, x, columns(hidden, 3 * hidden), scales.slice(hidden));
      const [key = "", value = ""] = split(g, others, [hidden, hidden]);
      return [query, key, value];
    },
  };
}

/** Word vectors looked up as they are stored, then widened to float32. */
function storedWords(
  g: Graph,
  { config, weights }: Pick<BertOptions, "config" | "weights">,
  ids: Value,
): Value {
  const { hidden, vocabulary } = config;
  const name = TABLES.words;
  const { dtype } = weights;
  if (dtype === "fp32" || dtype === "fp16") {
    const tensor = weights.raw(name, dtype === "fp32" ? "float32" : "float16", [vocabulary, hidden]);
    const rows = gather(g, g.stored(tensor, name), ids);
    return dtype === "fp32" ? rows : toFloat(g, rows);
  }
  const { values, scales } = weights.integerTable(name, vocabulary, hidden);
  const table = g.constant(values, [vocabulary, hidden], name);
  return lookUpIntegers(g, table, g.constant(scales, [vocabulary, 1], name + SCALE_SUFFIX), ids);
}
