import type { ByteSink } from "../../../../base/byte-source.ts";
import { createPickle } from "./pickle-writer.ts";
import { elementCount, encodeTensor, type TensorToWrite } from "./tensor-to-write.ts";
import { createZipWriter } from "./zip-writer.ts";

const STORAGE_OF = {
  F32: "FloatStorage",
  F16: "HalfStorage",
  BF16: "BFloat16Storage",
  I64: "LongStorage",
} as const;

/**
 * Writes what `torch.save(OrderedDict(...))` of torch 1.6 and later writes, for tests and benches, one tensor in memory
 * at a time, and closes the sink.
 *
 * Source: pytorch/torch/serialization.py `_save`, torch/_utils.py `_rebuild_tensor_v2`.
 */
export async function writeTorchCheckpoint(sink: ByteSink, tensors: Iterable<TensorToWrite>): Promise<void> {
  const all = [...tensors];
  const zip = createZipWriter(sink);
  await zip.add("archive/data.pkl", pickleOf(all));
  for (const [key, tensor] of all.entries()) await zip.add(`archive/data/${key}`, encodeTensor(tensor));
  await zip.add("archive/version", new TextEncoder().encode("3\n"));
  await zip.close();
}

function pickleOf(tensors: readonly TensorToWrite[]): Uint8Array {
  const pickle = createPickle();
  const orderedDict = () => pickle.global("collections", "OrderedDict").emptyTuple().reduce();
  orderedDict().mark();
  for (const [key, { name, shape, dtype }] of tensors.entries()) {
    pickle.text(name).global("torch._utils", "_rebuild_tensor_v2").mark();
    pickle.mark().text("storage").global("torch", STORAGE_OF[dtype]).text(String(key)).text("cpu");
    pickle.int(elementCount(shape)).tuple().persistentId();
    pickle.int(0).ints(shape).ints(stridesOf(shape)).boolean(false);
    orderedDict().tuple().reduce();
  }
  return pickle.setItems().stop();
}

function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  }
  return strides;
}
