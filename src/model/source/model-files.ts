import { sha256 } from "../../base/hash.ts";
import { SextantError } from "../../contract/index.ts";
import type { ModelFile } from "../manifest.ts";

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of this file that have arrived so far. */
  readonly onProgress?: ((doneBytes: number) => void) | undefined;
}

/** Where a model's files come from. Throws: `model/not-found` when there is no such file or no way to it. */
export interface ModelFiles {
  read(path: string, options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/** Reads one file and compares it with what the catalog says. Throws: `model/corrupt` when it differs. */
export async function readVerified(
  files: ModelFiles,
  { path, sizeBytes, sha256: expected }: ModelFile,
  options: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await files.read(path, options);
  if (bytes.length === sizeBytes && (await sha256(bytes)) === expected) return bytes;
  throw new SextantError(
    "model/corrupt",
    `${path} is not the file that belongs to this model: ${bytes.length} bytes instead of ${sizeBytes}, or other content. Load it again; if that does not help, install Sextant again.`,
    { path, expectedBytes: sizeBytes, gotBytes: bytes.length },
  );
}
