export interface TensorToWrite {
  readonly name: string;
  readonly dtype: "F32" | "F16" | "I8";
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** Writes a safetensors file, widest elements first so that every tensor starts at a multiple of its element size. */
export function writeSafetensors(tensors: readonly TensorToWrite[]): Uint8Array {
  const widths = { F32: 4, F16: 2, I8: 1 };
  const ordered = [...tensors].sort((a, b) => widths[b.dtype] - widths[a.dtype]);
  const header: Record<string, object> = {};
  let end = 0;
  for (const { name, dtype, shape, bytes } of ordered) {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
  }
  const json = JSON.stringify(header);
  const head = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  const file = new Uint8Array(8 + head.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  let at = 8 + head.length;
  for (const { bytes } of ordered) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}
