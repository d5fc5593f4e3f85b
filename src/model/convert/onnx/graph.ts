import {
  ELEMENT_BYTES,
  type Attribute,
  type DataType,
  type Initializer,
  type Model,
  type Node,
  type Port,
} from "./proto.ts";
import { encodeModel } from "./write.ts";

/** A tensor of the graph, by its name. */
export type Value = string;

/** 16 bits stand for half precision. */
export type Numbers = Float32Array | Uint16Array | Int8Array | Uint8Array | Int32Array | BigInt64Array;

export interface NodeOptions {
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** An ONNX model and the large weights that the runtime takes beside it. */
export interface BuiltModel {
  readonly onnx: Uint8Array;
  readonly weights: readonly { readonly path: string; readonly data: Uint8Array }[];
}

/** Collects operators and weights in the order in which they are computed. */
export interface Graph {
  input(name: string, type: DataType, shape: Port["shape"]): Value;
  /** Numbers that are part of the model. Large ones stay out of the protobuf. */
  constant(numbers: Numbers, shape: readonly number[], name?: string): Value;
  /** The same once for all who ask for the name. */
  shared(name: string, numbers: Numbers, shape: readonly number[]): Value;
  /** The same with the bytes as they are stored. */
  stored(tensor: StoredNumbers, name: string): Value;
  /** Numbers that are made when the model is written. */
  deferred(name: string, type: DataType, shape: readonly number[], pieces: Pieces): Value;
  /** Adds an operator; `null` leaves an optional input out. */
  node(op: string, inputs: readonly (Value | null)[], options?: NodeOptions): Value;
  nodes(op: string, inputs: readonly (Value | null)[], outputs: number, options?: NodeOptions): Value[];
  output(name: string, value: Value, type: DataType, shape: Port["shape"]): void;
  /** For a session in this process. */
  build(): BuiltModel;
  /** For a file. */
  model(metadata: Readonly<Record<string, string>>): Model;
}

export interface StoredNumbers {
  readonly type: DataType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

export type Pieces = () => AsyncIterable<Uint8Array>;

/** Tensors above it are handed over beside the model, so that the protobuf is parsed without them. */
const INLINE_BYTES = 4096;

const OPSETS = { "": 17, "com.microsoft": 1 };

/** Starts an empty graph for ONNX Runtime: opset 17 (LayerNormalization) and its own operators. */
export function createGraph(name: string, inlineBytes = INLINE_BYTES): Graph {
  const inputs: Port[] = [];
  const outputs: Port[] = [];
  const initializers: Initializer[] = [];
  const weights: { path: string; data: Uint8Array }[] = [];
  const list: Node[] = [];
  let count = 0;

  const graph: Graph = {
    input(portName, type, shape) {
      inputs.push({ name: portName, type, shape });
      return portName;
    },
    constant(numbers, shape, constantName = `constant_${count++}`) {
      const data = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
      return graph.stored({ type: dataTypeOf(numbers), shape, data }, constantName);
    },
    shared(sharedName, numbers, shape) {
      const known = initializers.some((initializer) => initializer.name === sharedName);
      return known ? sharedName : graph.constant(numbers, shape, sharedName);
    },
    stored({ type, shape, data }, constantName) {
      if (data.length <= inlineBytes) {
        initializers.push({ name: constantName, type, shape, data });
      } else {
        const external = { kind: "external", sizeBytes: data.length } as const;
        initializers.push({ name: constantName, type, shape, data: external });
        weights.push({ path: constantName, data });
      }
      return constantName;
    },
    deferred(constantName, type, shape, pieces) {
      const sizeBytes = shape.reduce((product, size) => product * size, ELEMENT_BYTES[type]);
      initializers.push({ name: constantName, type, shape, data: { kind: "deferred", sizeBytes, pieces } });
      return constantName;
    },
    node(op, nodeInputs, options) {
      const [only = ""] = graph.nodes(op, nodeInputs, 1, options);
      return only;
    },
    nodes(op, nodeInputs, outputCount, { domain = "", attributes = {} } = {}) {
      const results = Array.from({ length: outputCount }, () => `${op}_${count++}`);
      list.push({ op, domain, attributes, inputs: nodeInputs.map((i) => i ?? ""), outputs: results });
      return results;
    },
    output(portName, value, type, shape) {
      list.push({ op: "Identity", domain: "", attributes: {}, inputs: [value], outputs: [portName] });
      outputs.push({ name: portName, type, shape });
    },
    build: () => ({ onnx: encodeModel(graph.model({})), weights }),
    model: (metadata) => ({ name, opsets: OPSETS, inputs, outputs, initializers, nodes: list, metadata }),
  };
  return graph;
}

function dataTypeOf(numbers: Numbers): DataType {
  if (numbers instanceof Float32Array) return "float32";
  if (numbers instanceof Uint16Array) return "float16";
  if (numbers instanceof Int8Array) return "int8";
  if (numbers instanceof Uint8Array) return "uint8";
  return numbers instanceof Int32Array ? "int32" : "int64";
}
