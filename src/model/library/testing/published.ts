import { sha256 } from "../../../base/hash.ts";
import { createRng } from "../../../base/rng.ts";
import type { ModelDescription, PickedFile } from "../../../contract/index.ts";
import type { KnownModel } from "../model-library.ts";

const text = (value: unknown) =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

export const BERT_CONFIG = {
  model_type: "bert",
  hidden_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  intermediate_size: 16,
  vocab_size: 7,
  max_position_embeddings: 16,
};

/** Bytes that stand for weights: large enough to be cut off. */
export function weightBytes(seed: number, length = 400_000): Uint8Array<ArrayBuffer> {
  const rng = createRng(seed);
  return Uint8Array.from({ length }, () => Math.floor(rng() * 256));
}

/** A small model's files as they are published. */
export function publishedFiles(seed = 1): Record<string, Uint8Array<ArrayBuffer>> {
  return {
    "config.json": text(BERT_CONFIG),
    "vocab.txt": text(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b"].join("\n")),
    "1_Pooling/config.json": text({ word_embedding_dimension: 8, pooling_mode_cls_token: true }),
    "model.safetensors": weightBytes(seed),
    "README.md": text("# not needed"),
    "pytorch_model.bin": weightBytes(seed + 1),
  };
}

/** A model whose graph is used as it is. */
export function graphFiles(): Record<string, Uint8Array<ArrayBuffer>> {
  return {
    "config.json": text({ model_type: "modernbert", hidden_size: 8 }),
    "tokenizer.json": text({ model: { type: "BPE", vocab: {}, merges: [] } }),
    "onnx/model_quantized.onnx": weightBytes(8),
    "onnx/model_fp16.onnx": weightBytes(9),
  };
}

export function pickedFrom(files: Record<string, Uint8Array<ArrayBuffer>>, root = "tiny/"): PickedFile[] {
  return Object.entries(files).map(([path, bytes]) => ({ path: root + path, content: new Blob([bytes]) }));
}

export const DESCRIPTION: ModelDescription = {
  id: "known",
  name: "Known",
  repository: "owner/known",
  revision: null,
  architecture: "bert",
  dim: 8,
  maxTokens: 16,
  pooling: "cls",
  similarity: "cosine",
  prefixes: "tasks",
  languages: ["en"],
  licence: "MIT",
  unknown: [],
};

/** A catalog's model that is pinned to `publishedFiles(seed)`. */
export async function knownModel(seed = 1, change: Partial<KnownModel> = {}): Promise<KnownModel> {
  const weights = publishedFiles(seed)["model.safetensors"] ?? new Uint8Array();
  return {
    ...DESCRIPTION,
    about: "A model of the catalog.",
    files: [
      { path: "config.json", sizeBytes: null, sha256: null },
      { path: "model.safetensors", sizeBytes: weights.length, sha256: await sha256(weights) },
    ],
    bundled: null,
    ...change,
  };
}

/** The hub's listing of these files. */
export async function hubListing(files: Record<string, Uint8Array<ArrayBuffer>>, commit = "0".repeat(40)) {
  const siblings = await Promise.all(
    Object.entries(files).map(async ([rfilename, bytes]) => ({
      rfilename,
      size: bytes.length,
      ...(bytes.length > 100_000 ? { lfs: { size: bytes.length, sha256: await sha256(bytes) } } : {}),
    })),
  );
  return text({ sha: commit, gated: false, cardData: { license: "mit", language: "en" }, siblings });
}
