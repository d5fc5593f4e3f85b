import type { StoredTensors } from "./checkpoint.ts";
import { ELEMENT_TYPES } from "./element-types.ts";
import { readElements, type NamedSource } from "./read-elements.ts";
import { readSafetensorsHeader, type PlacedTensor } from "./safetensors-header.ts";

/** Opens a safetensors file: its header now, its tensors when asked for. Throws: as `readSafetensorsHeader`. */
export async function openSafetensors(source: NamedSource): Promise<StoredTensors<PlacedTensor>> {
  return {
    tensors: await readSafetensorsHeader(source),
    read: ({ dtype, shape, startByte }, rows) => {
      const rowElements = shape.slice(1).reduce((count, n) => count * n, 1);
      const { from, to } = rows ?? { from: 0, to: shape[0] ?? 1 };
      const start = startByte + from * rowElements * ELEMENT_TYPES[dtype].sizeBytes;
      return readElements(source, { dtype, startByte: start, count: (to - from) * rowElements });
    },
  };
}
