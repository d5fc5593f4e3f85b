import { PbfReader } from "pbf";
import { SextantError } from "../../../contract/index.ts";
import { DATA_TYPE, ELEMENT_BYTES, GRAPH, MODEL, TENSOR, type DataType } from "./proto.ts";

/** One stored weight; `data` is a view into the file. */
export interface StoredTensor {
  readonly type: DataType;
  readonly shape: readonly number[];
  /** Little-endian, row-major. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What Sextant wants to know of an ONNX file: its weights and what is said about them, not its operators. */
export interface OnnxFile {
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** Wire type of strings, bytes and messages. Source: protobuf.dev/programming-guides/encoding. */
const LENGTH_DELIMITED = 2;

/** More is no tensor but an attack on `product`. */
const MAX_AXES = 8;

type Fields = (field: number, pbf: PbfReader, end: number) => void;

/**
 * Reads an ONNX file without copying its weights.
 *
 * Throws: `model/corrupt` when a message ends outside the one that holds it or a weight does not fill its shape,
 * `model/unsupported` when weights lie in another file, in typed fields or in an element type that Sextant does not know.
 * Source: onnx.proto3 (field numbers).
 */
export function readOnnx(file: Uint8Array<ArrayBuffer>, path: string): OnnxFile {
  const opsets = new Map<string, number>();
  const metadata = new Map<string, string>();
  const inputs: string[] = [];
  const outputs: string[] = [];
  const tensors = new Map<string, StoredTensor>();

  const readGraph: Fields = (field, pbf, end) => {
    if (field === GRAPH.initializer) {
      const { name, ...tensor } = readTensor(pbf, end, file, path);
      if (tensors.has(name)) throw corrupt(path, `the weight "${name}" occurs twice`);
      tensors.set(name, tensor);
    } else if (field === GRAPH.input) inputs.push(readName(pbf, end));
    else if (field === GRAPH.output) outputs.push(readName(pbf, end));
  };
  const readModel: Fields = (field, pbf, end) => {
    if (field === MODEL.graph) message(pbf, end, readGraph);
    else if (field === MODEL.opset) {
      let domain = "";
      let version = 0;
      message(pbf, end, (inner, p, innerEnd) => {
        if (inner === 1) domain = text(p, innerEnd);
        else if (inner === 2) version = p.readVarint();
      });
      opsets.set(domain, version);
    } else if (field === MODEL.metadata) {
      const entry = ["", ""];
      message(pbf, end, (inner, p, innerEnd) => {
        if (inner === 1 || inner === 2) entry[inner - 1] = text(p, innerEnd);
      });
      metadata.set(entry[0] ?? "", entry[1] ?? "");
    }
  };

  try {
    const pbf = new PbfReader(file);
    fields(pbf, file.length, readModel);
  } catch (error) {
    if (error instanceof SextantError) throw error;
    throw corrupt(path, "it is no ONNX file, or was cut off", error);
  }
  return { opsets, metadata, inputs, outputs, tensors };
}

function readTensor(
  pbf: PbfReader,
  end: number,
  file: Uint8Array<ArrayBuffer>,
  path: string,
): StoredTensor & { name: string } {
  const shape: number[] = [];
  let code = 0;
  let name = "";
  let data: Uint8Array<ArrayBuffer> | null = null;
  let elsewhere = false;
  message(pbf, end, (field, p, innerEnd) => {
    if (field === TENSOR.dims) {
      const dimsEnd = p.type === LENGTH_DELIMITED ? delimited(p, innerEnd) : p.pos + 1;
      while (p.pos < dimsEnd) {
        shape.push(p.readVarint());
        if (shape.length > MAX_AXES) throw new RangeError("too many axes");
      }
    } else if (field === TENSOR.type) code = p.readVarint();
    else if (field === TENSOR.name) name = text(p, innerEnd);
    else if (field === TENSOR.raw) {
      const dataEnd = delimited(p, innerEnd);
      data = file.subarray(p.pos, dataEnd);
      p.pos = dataEnd;
    } else if (field === TENSOR.location) elsewhere = p.readVarint() !== 0;
  });
  const type = (Object.keys(DATA_TYPE) as DataType[]).find((known) => DATA_TYPE[known] === code);
  const what = `the weight "${name}"`;
  if (elsewhere) throw unsupported(path, `${what} lies in another file`);
  if (type === undefined) throw unsupported(path, `${what} has element type ${code}`);
  const elements = shape.reduce((product, size) => product * size, 1);
  // A tensor without elements has no values anywhere.
  data ??= elements === 0 ? new Uint8Array(0) : null;
  if (data === null) throw unsupported(path, `${what} is stored in typed fields`);
  const stored: Uint8Array<ArrayBuffer> = data;
  if (!shape.every(Number.isSafeInteger) || elements * ELEMENT_BYTES[type] !== stored.length) {
    throw corrupt(path, `${what} does not fill its shape [${shape.join(", ")}]`);
  }
  return { name, type, shape, data: stored };
}

/** The first field of a port is its name. */
function readName(pbf: PbfReader, end: number): string {
  let name = "";
  message(pbf, end, (field, p, innerEnd) => {
    if (field === 1) name = text(p, innerEnd);
  });
  return name;
}

/** The reader itself trusts lengths: each is held against the message around it here. */
function delimited(pbf: PbfReader, outerEnd: number): number {
  if (pbf.type !== LENGTH_DELIMITED) throw new RangeError("a field of another wire type");
  const end = pbf.readVarint() + pbf.pos;
  if (end <= outerEnd) return end;
  throw new RangeError("a field ends outside its message");
}

function message(pbf: PbfReader, outerEnd: number, read: Fields): void {
  fields(pbf, delimited(pbf, outerEnd), read);
}

function fields(pbf: PbfReader, end: number, read: Fields): void {
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) read(field, pbf, end);
  if (pbf.pos !== end) throw new RangeError("a field ends outside its message");
}

function text(pbf: PbfReader, outerEnd: number): string {
  const end = delimited(pbf, outerEnd);
  const bytes = pbf.buf.subarray(pbf.pos, end);
  pbf.pos = end;
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function corrupt(path: string, why: string, cause?: unknown): SextantError {
  return new SextantError(
    "model/corrupt",
    `${path} cannot be used: ${why}. Load or convert the model again.`,
    { path },
    cause,
  );
}

function unsupported(path: string, why: string): SextantError {
  return new SextantError(
    "model/unsupported",
    `${path} cannot be read: ${why}. Convert the model with Sextant, or choose another.`,
    { path },
  );
}
