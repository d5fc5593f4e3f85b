import type { PickedFile } from "../../contract/index.ts";

/** A model that lies among files. */
export interface ModelAmongFiles {
  /** The folder's name; empty when the files came without one. */
  readonly name: string;
  /** What belongs to it, with paths relative to its own folder. */
  readonly files: readonly PickedFile[];
  /** The largest file of weights. */
  readonly weights: PickedFile;
  /** Files without which it cannot be opened. */
  readonly missing: readonly string[];
}

const WEIGHTS = /(^|\/)((model|pytorch_model)[^/]*\.(safetensors|bin)|[^/]+\.onnx)$/i;
const COMPANION = /^([^/]+\.json|vocab\.txt|merges\.txt|1_Pooling\/[^/]+|onnx\/.+|[^/]+\.onnx_?data)$/i;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const isWithin = (path: string, folder: string): boolean => folder === "" || path.startsWith(`${folder}/`);

/** Where a model with these weights has its configuration; transformers.js keeps weights one folder below. */
function rootOf(weightsPath: string): string {
  const folder = folderOf(weightsPath);
  return folder === "onnx" || folder.endsWith("/onnx") ? folderOf(folder) : folder;
}

/**
 * Parts files into models and the rest. What else lies in a model's own folder, such as its page, is in neither.
 */
export function partModels(files: readonly PickedFile[]): {
  readonly models: readonly ModelAmongFiles[];
  readonly others: readonly PickedFile[];
} {
  const weights = files.filter(({ path }) => WEIGHTS.test(path));
  const roots = [...new Set(weights.map(({ path }) => rootOf(path)))];
  const models = roots.flatMap((root) => modelIn(root, files) ?? []);
  const isOfModel = ({ path }: PickedFile) =>
    roots.some((root) => isWithin(path, root) && (root !== "" || isPart(path)));
  return { models, others: files.filter((file) => !isOfModel(file)) };
}

const isPart = (path: string): boolean => COMPANION.test(path) || (WEIGHTS.test(path) && !path.includes("/"));

function modelIn(root: string, all: readonly PickedFile[]): ModelAmongFiles | undefined {
  const files = all
    .filter(({ path }) => isWithin(path, root))
    .map(({ path, content }) => ({ path: root === "" ? path : path.slice(root.length + 1), content }))
    .filter(({ path }) => isPart(path));
  const bySize = files
    .filter(({ path }) => WEIGHTS.test(path))
    .toSorted((a, b) => b.content.size - a.content.size);
  const weights = bySize[0];
  if (!weights) return undefined;
  const has = (path: string) => files.some((file) => file.path === path);
  const missing = [
    ...(has("config.json") ? [] : ["config.json"]),
    ...(has("tokenizer.json") || has("vocab.txt") ? [] : ["tokenizer.json or vocab.txt"]),
  ];
  return { name: root.slice(root.lastIndexOf("/") + 1), files, weights, missing };
}
