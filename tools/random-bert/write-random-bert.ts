import type { WritableFolder } from "../../src/model/folder.ts";
import type { TensorToWrite } from "../../src/model/convert/checkpoint/testing/tensor-to-write.ts";
import { writeSafetensors } from "../../src/model/convert/checkpoint/testing/write-safetensors.ts";
import { writeTorchCheckpoint } from "../../src/model/convert/checkpoint/testing/write-torch-checkpoint.ts";
import { cutTokenizer, type TokenizerFiles } from "./cut-tokenizer.ts";
import { drawTensor } from "./draw-tensor.ts";
import { formatConfig, planTensors, type BertShape, type WeightState } from "./shape.ts";

export const PUBLISHED_FORMATS = ["safetensors", "pytorch", "both"] as const;
export const PUBLISHED_DTYPES = ["f32", "f16", "bf16"] as const;

export interface RandomBert {
  readonly shape: BertShape;
  readonly seed: number;
  readonly format: (typeof PUBLISHED_FORMATS)[number];
  readonly dtype: (typeof PUBLISHED_DTYPES)[number];
  readonly state?: WeightState;
  /** A real one, so that texts become the tokens that they would; cut to what the shape holds. */
  readonly tokenizer: TokenizerFiles;
}

const TORCH_NAME = { f32: "float32", f16: "float16", bf16: "bfloat16" } as const;
const STORED_NAME = { f32: "F32", f16: "F16", bf16: "BF16" } as const;

/**
 * Writes a BERT of random weights as such models are published: the files of BAAI/llm-embedder by name, CLS pooling
 * among them. The same arguments give the same bytes.
 *
 * Cost: one tensor in memory at a time.
 */
export async function writeRandomBert(folder: WritableFolder, bert: RandomBert): Promise<void> {
  const { shape, seed, format, dtype } = bert;
  const { tokenizer, tokenizerConfig, lines } = cutTokenizer(bert.tokenizer, shape);
  const texts: Record<string, string> = {
    "config.json": formatJson(formatConfig(shape, TORCH_NAME[dtype])),
    "tokenizer.json": JSON.stringify(tokenizer),
    "tokenizer_config.json": formatJson(tokenizerConfig),
    "special_tokens_map.json": formatJson({
      cls_token: "[CLS]",
      mask_token: "[MASK]",
      pad_token: "[PAD]",
      sep_token: "[SEP]",
      unk_token: "[UNK]",
    }),
    "vocab.txt": `${lines.join("\n")}\n`,
    "modules.json": formatJson(
      ["Transformer", "Pooling", "Normalize"].map((part, idx) => ({
        idx,
        name: String(idx),
        path: idx === 0 ? "" : `${idx}_${part}`,
        type: `sentence_transformers.models.${part}`,
      })),
    ),
    "sentence_bert_config.json": formatJson({ max_seq_length: shape.positions, do_lower_case: true }),
    "1_Pooling/config.json": formatJson({
      word_embedding_dimension: shape.hidden,
      pooling_mode_cls_token: true,
      pooling_mode_mean_tokens: false,
      pooling_mode_max_tokens: false,
      pooling_mode_mean_sqrt_len_tokens: false,
    }),
  };
  for (const [path, text] of Object.entries(texts)) {
    const sink = await folder.create(path);
    await sink.write(new TextEncoder().encode(text));
    await sink.close();
  }
  const tensors = planTensors(shape, bert.state).map((plan): TensorToWrite => ({
    name: plan.name,
    shape: plan.shape,
    dtype: STORED_NAME[dtype],
    values: () => drawTensor(plan, seed),
  }));
  if (format !== "pytorch") await writeSafetensors(await folder.create("model.safetensors"), tensors);
  if (format !== "safetensors")
    await writeTorchCheckpoint(await folder.create("pytorch_model.bin"), [placeNumbers(shape), ...tensors]);
}

/** A buffer of older checkpoints, no weight: 0, 1, 2, … as 64-bit integers. */
function placeNumbers({ positions }: BertShape): TensorToWrite {
  return {
    name: "embeddings.position_ids",
    shape: [1, positions],
    dtype: "I64",
    values: () => Float32Array.from({ length: positions }, (_, place) => place),
  };
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
