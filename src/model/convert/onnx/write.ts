import { PbfWriter } from "pbf";
import type { ByteSink } from "../../../base/byte-source.ts";
import { SextantError } from "../../../contract/index.ts";
import {
  GRAPH,
  MODEL,
  TENSOR,
  writeEntry,
  writeNode,
  writeOpset,
  writePort,
  writeTensor,
  writeTensorHead,
  type Deferred,
  type Initializer,
  type Model,
} from "./proto.ts";

/** Newer ONNX Runtimes read older files, not the other way round. Source: onnx/onnx docs/Versioning.md. */
const IR_VERSION = 10;

/** Wire type of strings, bytes and messages. Source: protobuf.dev/programming-guides/encoding. */
const LENGTH_DELIMITED = 2;

/** Protobuf gives up on larger files. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

/** A model whose size is known and whose weights are made while it is written. */
export interface PlannedFile {
  readonly sizeBytes: number;
  /** Writes it front to back. Aborts between two tensors. */
  write(sink: ByteSink, signal?: AbortSignal): Promise<void>;
}

/** Encodes a model without deferred weights. Source: onnx.proto3 (field numbers). */
export function encodeModel(model: Model): Uint8Array {
  const { head, graph, chunks } = layOut(model);
  const parts = [head, graph, ...chunks];
  const all = new Uint8Array(parts.reduce((sum, part) => sum + sizeOf(part), 0));
  let at = 0;
  for (const part of parts) {
    if (!(part instanceof Uint8Array)) throw new TypeError("deferred weights can only be streamed");
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Lays a model out as a file: the lengths of all messages are known before the first weight is made.
 *
 * Throws: `model/too-large` over 2 GB.
 * Cost: memory for the graph and for one piece of a tensor at a time.
 */
export function planModel(model: Model): PlannedFile {
  const { head, graph, chunks } = layOut(model);
  const sizeBytes = [head, graph, ...chunks].reduce((sum, part) => sum + sizeOf(part), 0);
  if (sizeBytes > MAX_FILE_BYTES) {
    throw new SextantError(
      "model/too-large",
      `As one ONNX file the model would have ${sizeBytes} bytes, and the format ends at 2 GB. Choose a smaller precision.`,
      { sizeBytes },
    );
  }
  return {
    sizeBytes,
    async write(sink, signal) {
      await sink.write(head);
      await sink.write(graph);
      for (const chunk of chunks) {
        signal?.throwIfAborted();
        if (chunk instanceof Uint8Array) await sink.write(chunk);
        else await writeDeferred(chunk, sink, signal);
      }
    },
  };
}

async function writeDeferred(deferred: Deferred, sink: ByteSink, signal?: AbortSignal): Promise<void> {
  let written = 0;
  for await (const piece of deferred.pieces()) {
    signal?.throwIfAborted();
    await sink.write(piece);
    written += piece.length;
  }
  if (written !== deferred.sizeBytes) {
    throw new TypeError(`a tensor of ${deferred.sizeBytes} bytes came with ${written}`);
  }
}

type Chunk = Uint8Array | Deferred;

/** Nodes come before the weights in the file, so that a reader may stop early; the model's own fields come first. */
function layOut(model: Model): { head: Uint8Array; graph: Uint8Array; chunks: Chunk[] } {
  const front = encode((pbf) => {
    for (const node of model.nodes) pbf.writeMessage(GRAPH.node, writeNode, node);
    pbf.writeStringField(GRAPH.name, model.name);
    for (const port of model.inputs) pbf.writeMessage(GRAPH.input, writePort, port);
    for (const port of model.outputs) pbf.writeMessage(GRAPH.output, writePort, port);
  });
  const chunks = model.initializers.flatMap(layOutTensor);
  const graphBytes = chunks.reduce((sum, chunk) => sum + sizeOf(chunk), front.length);
  const head = encode((pbf) => {
    pbf.writeVarintField(MODEL.irVersion, IR_VERSION);
    pbf.writeStringField(MODEL.producer, "sextant");
    for (const opset of Object.entries(model.opsets)) pbf.writeMessage(MODEL.opset, writeOpset, opset);
    for (const entry of Object.entries(model.metadata)) pbf.writeMessage(MODEL.metadata, writeEntry, entry);
    pbf.writeTag(MODEL.graph, LENGTH_DELIMITED);
    pbf.writeVarint(graphBytes);
  });
  return { head, graph: front, chunks };
}

function layOutTensor(tensor: Initializer): Chunk[] {
  const { data } = tensor;
  if (data instanceof Uint8Array || data.kind === "external") {
    return [encode((pbf) => pbf.writeMessage(GRAPH.initializer, writeTensor, tensor))];
  }
  const head = encode((pbf) => {
    writeTensorHead(tensor, pbf);
    pbf.writeTag(TENSOR.raw, LENGTH_DELIMITED);
    pbf.writeVarint(data.sizeBytes);
  });
  const frame = encode((pbf) => {
    pbf.writeTag(GRAPH.initializer, LENGTH_DELIMITED);
    pbf.writeVarint(head.length + data.sizeBytes);
  });
  return [frame, head, data];
}

function encode(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
}

function sizeOf(chunk: Chunk): number {
  return chunk instanceof Uint8Array ? chunk.length : chunk.sizeBytes;
}
