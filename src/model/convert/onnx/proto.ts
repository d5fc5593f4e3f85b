import type { PbfWriter } from "pbf";

/** Element types of ONNX tensors that Sextant writes and reads. Source: onnx.proto3, TensorProto.DataType. */
export const DATA_TYPE = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;
export type DataType = keyof typeof DATA_TYPE;

export const ELEMENT_BYTES = { float32: 4, uint8: 1, int8: 1, int32: 4, int64: 8, float16: 2 } as const;

export type Attribute = number | string | { readonly ints: readonly number[] } | { readonly float: number };

export interface Node {
  readonly op: string;
  /** Empty for the standard operators. */
  readonly domain: string;
  /** An empty name stands for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Bytes that are handed to the runtime beside the model, under the tensor's name. */
export interface External {
  readonly kind: "external";
  readonly sizeBytes: number;
}

/** Bytes that are made when their turn to be written comes. */
export interface Deferred {
  readonly kind: "deferred";
  readonly sizeBytes: number;
  pieces(): AsyncIterable<Uint8Array>;
}

export interface Initializer {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly number[];
  /** Little-endian, row-major. */
  readonly data: Uint8Array | External | Deferred;
}

/** A named input or output; a string in its shape is a dimension known only at run time. */
export interface Port {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly (number | string)[];
}

export interface Model {
  readonly name: string;
  readonly opsets: Readonly<Record<string, number>>;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly initializers: readonly Initializer[];
  readonly nodes: readonly Node[];
  /** Free words about the file, by key. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Field numbers of the messages that hold others. Source: onnx.proto3. */
export const MODEL = { irVersion: 1, producer: 2, graph: 7, opset: 8, metadata: 14 } as const;
export const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
export const TENSOR = {
  dims: 1,
  type: 2,
  name: 8,
  raw: 9,
  external: 13,
  location: 14,
} as const;

export function writeEntry([key, value]: readonly [string, string | number], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeStringField(2, String(value));
}

export function writeOpset([domain, version]: readonly [string, number], pbf: PbfWriter): void {
  pbf.writeStringField(1, domain);
  pbf.writeVarintField(2, version);
}

export function writeNode(node: Node, pbf: PbfWriter): void {
  for (const name of node.inputs) pbf.writeStringField(1, name);
  for (const name of node.outputs) pbf.writeStringField(2, name);
  pbf.writeStringField(3, node.outputs[0] ?? "");
  pbf.writeStringField(4, node.op);
  for (const entry of Object.entries(node.attributes)) pbf.writeMessage(5, writeAttribute, entry);
  pbf.writeStringField(7, node.domain);
}

function writeAttribute([name, value]: readonly [string, Attribute], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if (typeof value === "number") {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, 2);
  } else if (typeof value === "string") {
    pbf.writeStringField(4, value);
    pbf.writeVarintField(20, 3);
  } else if ("float" in value) {
    pbf.writeFloatField(2, value.float);
    pbf.writeVarintField(20, 1);
  } else {
    for (const item of value.ints) pbf.writeVarintField(8, item);
    pbf.writeVarintField(20, 7);
  }
}

/** All of a tensor but its values. */
export function writeTensorHead({ name, type, shape }: Initializer, pbf: PbfWriter): void {
  for (const size of shape) pbf.writeVarintField(TENSOR.dims, size);
  pbf.writeVarintField(TENSOR.type, DATA_TYPE[type]);
  pbf.writeStringField(TENSOR.name, name);
}

/** A tensor whose values are at hand or lie beside the model. */
export function writeTensor(tensor: Initializer, pbf: PbfWriter): void {
  writeTensorHead(tensor, pbf);
  const { name, data } = tensor;
  if (data instanceof Uint8Array) {
    pbf.writeBytesField(TENSOR.raw, data);
    return;
  }
  const place = { location: name, offset: 0, length: data.sizeBytes };
  for (const entry of Object.entries(place)) pbf.writeMessage(TENSOR.external, writeEntry, entry);
  pbf.writeVarintField(TENSOR.location, 1);
}

export function writePort({ name, type, shape }: Port, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(2, writeType, { type, shape });
}

type TensorType = Pick<Port, "type" | "shape">;

function writeType(value: TensorType, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTensorType, value);
}

function writeTensorType({ type, shape }: TensorType, pbf: PbfWriter): void {
  pbf.writeVarintField(1, DATA_TYPE[type]);
  pbf.writeMessage(2, writeShape, shape);
}

function writeShape(shape: TensorType["shape"], pbf: PbfWriter): void {
  for (const size of shape) pbf.writeMessage(1, writeDimension, size);
}

function writeDimension(size: number | string, pbf: PbfWriter): void {
  if (typeof size === "number") pbf.writeVarintField(1, size);
  else pbf.writeStringField(2, size);
}
