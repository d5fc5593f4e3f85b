import { SextantError } from "../../../contract/index.ts";
import type { Folder } from "../../folder.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { createCheckpoint } from "./create-checkpoint.ts";
import { readExactly, type NamedSource } from "./read-elements.ts";
import { corruptFile, unsupportedFile } from "./refusal.ts";
import { openSafetensors } from "./safetensors.ts";

const SAFETENSORS = "model.safetensors";
const PYTORCH = "pytorch_model.bin";
const SHARD = /^(model|pytorch_model)(-\d+-of-\d+)?\.(safetensors|bin)(\.index\.json)?$/;
/** How a file starts that stands for a large one in a repository that was copied without its large files. */
const LFS_POINTER = "version https://git-lfs";

/**
 * Opens the weights in a folder, safetensors before PyTorch: reads what describes the tensors, not the tensors.
 *
 * Throws: `model/not-found` when there is neither, `model/unsupported` for weights in several files and for what
 * cannot be read, `model/corrupt` for a file that is damaged or lies.
 */
export async function openCheckpoint(folder: Folder): Promise<Checkpoint> {
  const paths = (await folder.list()).map((file) => file.path);
  const path = [SAFETENSORS, PYTORCH].find((known) => paths.includes(known));
  if (path === undefined) throw nothingToOpen(paths);
  const bytes = await folder.open(path);
  const source: NamedSource = {
    path,
    sizeBytes: bytes.sizeBytes,
    read: (start, end) => bytes.read(start, end),
  };
  const head = await readExactly(source, 0, Math.min(LFS_POINTER.length, source.sizeBytes));
  if (new TextDecoder().decode(head) === LFS_POINTER) {
    throw corruptFile(path, "it is a Git LFS pointer that stands for the file");
  }
  if (path === SAFETENSORS) return createCheckpoint(path, source, await openSafetensors(source));
  const { openTorch } = await import("./torch/open-torch.ts");
  return createCheckpoint(path, source, await openTorch(source));
}

function nothingToOpen(paths: readonly string[]): SextantError {
  const shard = paths.find((path) => SHARD.test(path));
  if (shard !== undefined) {
    return unsupportedFile(
      shard,
      "the model is split into several files",
      `Save it as one file, ${SAFETENSORS}, and choose that.`,
    );
  }
  return new SextantError(
    "model/not-found",
    `There are no weights here: neither ${SAFETENSORS} nor ${PYTORCH}. Choose the folder or the files that hold them.`,
    { files: paths.slice(0, 20).join(", ") },
  );
}
