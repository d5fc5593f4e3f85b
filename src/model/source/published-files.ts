import { SextantError, type Dtype } from "../../contract/index.ts";
import { MANIFEST_PATH, WEIGHTS_PATH } from "../manifest.ts";

/** What a folder of model files turned out to hold; paths are relative to it. */
export interface PublishedFiles {
  /** Sextant's own, weights that are converted first, or graphs that transformers.js runs as they are. */
  readonly format: "sextant" | "checkpoint" | "onnx";
  /** Configuration and tokenizer, with what tells pooling, lengths and prompts. */
  readonly small: readonly string[];
  /** The weights that are converted; null when there are none. */
  readonly checkpoint: string | null;
  /** Graphs with what lies beside them, and the place of each in the layout of transformers.js. */
  readonly onnx: readonly { readonly path: string; readonly place: string }[];
}

const CONFIG = "config.json";
const TOKENIZERS = ["tokenizer.json", "vocab.txt"] as const;
/** Safetensors first: it holds nothing but tensors. */
const CHECKPOINTS = ["model.safetensors", "pytorch_model.bin"] as const;
const TELLING = [
  "tokenizer_config.json",
  "modules.json",
  "1_Pooling/config.json",
  "sentence_bert_config.json",
  "config_sentence_transformers.json",
] as const;
/** Needed beside a bare vocabulary. */
const BESIDE_VOCABULARY = ["special_tokens_map.json", "added_tokens.json"] as const;

/** Every file that may make a model, for hosts that do not list what they have. */
export const SITE_CANDIDATES: readonly string[] = [
  CONFIG,
  ...TOKENIZERS,
  ...TELLING,
  ...BESIDE_VOCABULARY,
  ...CHECKPOINTS,
  ...Object.values(WEIGHTS_PATH),
];

/**
 * Sorts out which of the files that lie in one folder make a model.
 *
 * Throws: `model/not-found` naming what is missing; `model/unsupported` for weights in several files.
 */
export function findPublished(paths: readonly string[], where: string): PublishedFiles {
  const there = new Set(paths);
  const has = (path: string): boolean => there.has(path);
  if (has(MANIFEST_PATH)) return { format: "sextant", small: [MANIFEST_PATH], checkpoint: null, onnx: [] };
  if (!has(CONFIG)) throw missing(CONFIG, where);

  const checkpoint = CHECKPOINTS.find(has) ?? null;
  const onnx = paths.flatMap((path) => {
    const file = /^(?:onnx\/)?([^/]+\.onnx(?:_data(?:_\d+)?)?)$/.exec(path)?.[1];
    return file === undefined ? [] : [{ path, place: `onnx/${file}` }];
  });
  if (checkpoint === null && onnx.length === 0) {
    const split = paths.find((path) => /-00001-of-\d+\.(safetensors|bin)$/.test(path));
    if (split !== undefined) throw splitWeights(split, where);
    throw missing("model.safetensors, pytorch_model.bin or an .onnx file", where);
  }
  const tokenizer = TOKENIZERS.find(has);
  if (tokenizer === undefined) throw missing("tokenizer.json or vocab.txt", where);
  const beside = tokenizer === "vocab.txt" ? BESIDE_VOCABULARY : [];
  const small = [CONFIG, tokenizer, ...[...TELLING, ...beside].filter(has)];
  return { format: checkpoint === null ? "onnx" : "checkpoint", small, checkpoint, onnx };
}

/**
 * The graph for a precision, with the data beside it.
 *
 * Throws: `model/not-found` naming the precisions that are there.
 */
export function onnxFor({ onnx }: PublishedFiles, dtype: Dtype, where: string): PublishedFiles["onnx"] {
  const wanted = WEIGHTS_PATH[dtype];
  const found = onnx.filter(({ place }) => place === wanted || place.startsWith(`${wanted}_data`));
  if (found.some(({ place }) => place === wanted)) return found;
  const others = Object.entries(WEIGHTS_PATH).filter(([, path]) => onnx.some(({ place }) => place === path));
  const offer = others.map(([other]) => other).join(", ") || "none that is known";
  throw new SextantError(
    "model/not-found",
    `${where} has no ${wanted}, which ${dtype} is read from. There is: ${offer}. Choose one of these.`,
    { dtype, path: wanted },
  );
}

function missing(what: string, where: string): SextantError {
  return new SextantError(
    "model/not-found",
    `${where} lacks ${what}. Add it beside the other files of the model.`,
    { missing: what },
  );
}

function splitWeights(path: string, where: string): SextantError {
  return new SextantError(
    "model/unsupported",
    `${where} keeps its weights in several files (${path}), which Sextant does not join. Choose a model with one model.safetensors.`,
    { path },
  );
}
