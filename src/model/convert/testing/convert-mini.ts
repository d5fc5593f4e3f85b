import { arraySource } from "../../../base/byte-source.ts";
import type { Dtype } from "../../../contract/index.ts";
import { mini } from "../../catalog/mini.ts";
import type { Folder } from "../../folder.ts";
import type { ModelManifest } from "../../manifest.ts";
import type { ModelFiles } from "../../source/model-files.ts";
import { createMemoryStore } from "../../store/memory-store.ts";
import { convertModel } from "../convert-model.ts";

export interface MiniSurroundings {
  /** Reads from public/models/mini. */
  readonly shipped: ModelFiles;
  /** Reads from tools/golden. */
  readonly golden: ModelFiles;
}

/** The bundled model as it was published: its weights as they came out of training. */
export function publishedMini({ shipped, golden }: MiniSurroundings): Folder {
  const paths = ["config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"];
  const read = (path: string) =>
    path === "model.safetensors" ? golden.read("mini.f16.safetensors") : shipped.read(path);
  return {
    list: async () => paths.map((path) => ({ path, sizeBytes: 0 })),
    open: async (path) => arraySource(await read(path)),
  };
}

/** Converts the bundled model into one precision, in memory. */
export async function convertMini(
  surroundings: MiniSurroundings,
  dtype: Dtype,
): Promise<{ readonly manifest: ModelManifest; readonly files: ModelFiles }> {
  const target = createMemoryStore().folder("mini");
  const { format: _, files: __, weights: ___, fingerprint: ____, ...description } = mini;
  const manifest = await convertModel({ description, source: publishedMini(surroundings), target, dtype });
  return {
    manifest,
    files: {
      async read(path) {
        const source = await target.open(path);
        return source.read(0, source.sizeBytes);
      },
    },
  };
}
