import type { ByteSink } from "../../../../base/byte-source.ts";
import { elementBytes, elementCount, encodeTensor, type TensorToWrite } from "./tensor-to-write.ts";

/**
 * Writes a safetensors file for tests and benches, one tensor in memory at a time, and closes the sink.
 *
 * Source: github.com/huggingface/safetensors, README "Format". Its writer puts wide elements first for alignment; so
 * does this one.
 */
export async function writeSafetensors(sink: ByteSink, tensors: Iterable<TensorToWrite>): Promise<void> {
  const ordered = [...tensors].sort((a, b) => elementBytes(b.dtype) - elementBytes(a.dtype));
  const header: Record<string, object> = { __metadata__: { format: "pt" } };
  let end = 0;
  for (const { name, dtype, shape } of ordered) {
    const start = end;
    end += elementBytes(dtype) * elementCount(shape);
    header[name] = { dtype, shape, data_offsets: [start, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(head.length - 8), true);
  head.set(json, 8);
  await sink.write(head);
  for (const tensor of ordered) await sink.write(encodeTensor(tensor));
  await sink.close();
}
