import { SextantError, type Dtype, type ModelDescription, type ModelInfo } from "../contract/index.ts";

/** A file of a model, pinned by its content. */
export interface ModelFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/** Lies beside the files of every model that can be opened, as `sextant.json`. */
export interface ModelManifest extends ModelDescription {
  readonly format: 1;
  readonly dim: number;
  readonly maxTokens: number;
  /**
   * SHA-256 over the published weights and all that changes a vector (pooling, prefixes); of graphs that are used as they
   * are, over all but the weights.
   */
  readonly fingerprint: string;
  readonly files: {
    readonly config: ModelFile;
    readonly tokenizer: ModelFile;
    readonly tokenizerConfig: ModelFile;
    /** Texts and the vectors that the published weights give them in float32. */
    readonly reference: ModelFile;
  };
  /** In the layout of transformers.js: `WEIGHTS_PATH`. */
  readonly weights: Readonly<Partial<Record<Dtype, ModelFile>>>;
}

export const MANIFEST_PATH = "sextant.json";

/** Where a reference may lie: each precision brings a new one, and the one in use is never written over. */
export const REFERENCE_PATHS = ["reference.json", "reference.2.json"] as const;

/** The place for a new reference beside the one that `before` names. */
export function freeReferencePath(before: ModelManifest | null): string {
  const [usual, other] = REFERENCE_PATHS;
  return before?.files.reference.path === usual ? other : usual;
}

/** Where transformers.js looks for the weights of each dtype. Source: transformers.js 4.3.1, DEFAULT_DTYPE_SUFFIX_MAPPING. */
export const WEIGHTS_PATH = {
  fp32: "onnx/model.onnx",
  fp16: "onnx/model_fp16.onnx",
  q8: "onnx/model_quantized.onnx",
  q4: "onnx/model_q4.onnx",
} as const satisfies Record<Dtype, string>;

/** What the rest of Sextant knows of a model that is opened in one of its precisions. */
export function modelInfo(manifest: ModelManifest, dtype: Dtype): ModelInfo {
  const { id, name, dim, maxTokens, similarity, prefixes, licence, languages } = manifest;
  const files = [...Object.values(manifest.files), weightsOf(manifest, dtype)];
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const key = `${id}@${versionOf(manifest, dtype)}/${dtype}`;
  return { id, name, key, dim, maxTokens, similarity, prefixes, sizeBytes, licence, languages };
}

/** What is converted has the published weights in its fingerprint; of a graph that is used as it is, each precision has its own. */
function versionOf(manifest: ModelManifest, dtype: Dtype): string {
  const version = manifest.fingerprint.slice(0, 12);
  return manifest.architecture === "bert"
    ? version
    : `${version}-${weightsOf(manifest, dtype).sha256.slice(0, 12)}`;
}

/** Throws: `model/not-found` when the model is not here in this precision. */
export function weightsOf(manifest: ModelManifest, dtype: Dtype): ModelFile {
  const file = manifest.weights[dtype];
  if (file) return file;
  throw new SextantError(
    "model/not-found",
    `${manifest.name} is not on this device in ${dtype}. Convert it to this precision first, or choose another.`,
    { modelId: manifest.id, dtype },
  );
}
