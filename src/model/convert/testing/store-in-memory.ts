import type { Dtype, Pooling, Similarity } from "../../../contract/index.ts";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { BertConfig } from "../graphs/bert-config.ts";
import { exportBert } from "../graphs/exported-bert.ts";
import { planModel, type PlannedFile } from "../onnx/write.ts";
import { openPublished } from "../published.ts";
import { openStored, type StoredWeights } from "../stored.ts";

export interface InMemory {
  readonly config: BertConfig;
  readonly checkpoint: Checkpoint;
  readonly dtype: Dtype;
  readonly pooling?: Pooling;
  readonly similarity?: Similarity;
}

/** The bytes of a planned file. */
export async function collectFile(planned: PlannedFile): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(planned.sizeBytes);
  let at = 0;
  await planned.write({
    get sizeBytes() {
      return at;
    },
    async write(piece) {
      bytes.set(piece, at);
      at += piece.length;
    },
    close: () => Promise.resolve(),
  });
  return bytes;
}

/** The ONNX file of one precision. */
export function exportInMemory(model: InMemory): Promise<Uint8Array<ArrayBuffer>> {
  const { config, checkpoint, dtype, pooling = "cls", similarity = "cosine" } = model;
  const weights = openPublished(checkpoint);
  return collectFile(planModel(exportBert({ config, weights, dtype, pooling, similarity })));
}

/** Its weights, as a run-time graph wants them. */
export async function storeInMemory(model: InMemory): Promise<StoredWeights> {
  return openStored(await exportInMemory(model), "model.onnx");
}
