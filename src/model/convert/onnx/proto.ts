import { PbfWriter } from "pbf";

/** Element types of ONNX tensors that Sextant writes. Source: onnx.proto3, TensorProto.DataType. */
export const DATA_TYPE = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;
export type DataType = keyof typeof DATA_TYPE;

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
  readonly lengthBytes: number;
}

export interface Initializer {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly number[];
  /** Little-endian, row-major: in the model itself, or beside it. */
  readonly data: Uint8Array | External;
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
}

/** Writes an ONNX model file. Source: onnx.proto3 (field numbers), IR version 10. */
export function encodeModel(model: Model): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, 10);
  pbf.writeStringField(2, "sextant");
  pbf.writeMessage(7, writeGraph, model);
  for (const [domain, version] of Object.entries(model.opsets)) {
    pbf.writeMessage(8, writeOpset, { domain, version });
  }
  return pbf.finish();
}

function writeGraph(model: Model, pbf: PbfWriter): void {
  for (const node of model.nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeStringField(2, model.name);
  for (const initializer of model.initializers) pbf.writeMessage(5, writeInitializer, initializer);
  for (const port of model.inputs) pbf.writeMessage(11, writePort, port);
  for (const port of model.outputs) pbf.writeMessage(12, writePort, port);
}

function writeOpset({ domain, version }: { domain: string; version: number }, pbf: PbfWriter): void {
  pbf.writeStringField(1, domain);
  pbf.writeVarintField(2, version);
}

function writeNode(node: Node, pbf: PbfWriter): void {
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

function writeInitializer({ name, type, shape, data }: Initializer, pbf: PbfWriter): void {
  for (const size of shape) pbf.writeVarintField(1, size);
  pbf.writeVarintField(2, DATA_TYPE[type]);
  pbf.writeStringField(8, name);
  if (data instanceof Uint8Array) {
    pbf.writeBytesField(9, data);
    return;
  }
  const place = { location: name, offset: 0, length: data.lengthBytes };
  for (const entry of Object.entries(place)) pbf.writeMessage(13, writeEntry, entry);
  pbf.writeVarintField(14, 1);
}

function writeEntry([key, value]: readonly [string, string | number], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeStringField(2, String(value));
}

function writePort({ name, type, shape }: Port, pbf: PbfWriter): void {
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
