import { blobSource } from "../../base/byte-source.ts";
import { SextantError, type FileLike, type PickedFile } from "../../contract/index.ts";
import type { Folder } from "../folder.ts";
import { MANIFEST_PATH } from "../manifest.ts";
import { noSuchFile } from "../store/store-faults.ts";
import { findPublished, type PublishedFiles } from "./published-files.ts";

/** One model among the files that a person dropped or picked. */
export interface PickedModel {
  readonly folder: Folder;
  readonly files: PublishedFiles;
}

/** A file that only a model's own folder holds. */
const MARKS: readonly string[] = ["config.json", MANIFEST_PATH];
const WEIGHTS = /(^|\/)(model\.safetensors|pytorch_model\.bin|[^/]+\.onnx)$/;

/**
 * Finds the model among picked files: they may lie at the top or in one folder below, with others around them.
 *
 * Throws: `model/not-found` naming the file that is missing; `engine/invalid-input` for two models at once;
 * `model/unsupported` for weights in several files.
 */
export function findPicked(name: string, picked: readonly PickedFile[]): PickedModel {
  const contentByPath = new Map<string, FileLike>();
  for (const { path, content } of picked) {
    const clean = path.replaceAll("\\", "/").replace(/^(\.?\/)+/, "");
    if (contentByPath.has(clean)) throw twoModels(name, `two files are called ${clean}`);
    contentByPath.set(clean, content);
  }
  const root = findRoot(name, [...contentByPath.keys()]);
  const folder = folderOf(
    new Map(
      [...contentByPath]
        .filter(([path]) => path.startsWith(root))
        .map(([path, content]) => [path.slice(root.length), content]),
    ),
  );
  const paths = [...folder.paths];
  return { folder, files: findPublished(paths, `“${name}”`) };
}

/** The folder that the model lies in, with a slash at its end; empty for the top. */
function findRoot(name: string, paths: readonly string[]): string {
  const marked = folders(paths.filter((path) => MARKS.includes(path.slice(path.lastIndexOf("/") + 1))));
  // 1_Pooling/config.json is a part of the model above it, and so is onnx/config.json.
  const roots = marked.filter(
    (root) =>
      !/(^|\/)\d+_[^/]*\/$/.test(root) && !marked.some((other) => other !== root && root.startsWith(other)),
  );
  if (roots.length > 1) throw twoModels(name, roots.map((root) => root || "the top").join(" and "));
  if (roots[0] !== undefined) return roots[0];
  const weighty = folders(paths.filter((path) => WEIGHTS.test(path)));
  return weighty.find((root) => !root.endsWith("onnx/")) ?? weighty[0]?.replace(/onnx\/$/, "") ?? "";
}

function folders(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf("/") + 1)))];
}

function folderOf(
  contentByPath: ReadonlyMap<string, FileLike>,
): Folder & { readonly paths: Iterable<string> } {
  return {
    paths: contentByPath.keys(),
    list: async () => [...contentByPath].map(([path, { size }]) => ({ path, sizeBytes: size })),
    async open(path) {
      const content = contentByPath.get(path);
      if (!content) throw noSuchFile(path);
      return blobSource(content);
    },
  };
}

function twoModels(name: string, why: string): SextantError {
  return new SextantError(
    "engine/invalid-input",
    `“${name}” holds more than one model (${why}). Add one at a time.`,
    { name, why },
  );
}
