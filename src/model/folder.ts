import type { ByteSink, ByteSource } from "../base/byte-source.ts";

export interface FileInfo {
  /** From the folder's root, with slashes. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** Files of one model, wherever they lie: picked by the person, in OPFS, on a disk. */
export interface Folder {
  list(): Promise<readonly FileInfo[]>;
  /** Throws: `model/not-found` when there is no such file. */
  open(path: string): Promise<ByteSource>;
}

/** A folder on this device. Throws: `storage/full` from every write when there is no room. */
export interface WritableFolder extends Folder {
  /** Starts a file anew, or with `append` goes on at its end. One writer a file at a time. */
  create(path: string, options?: { readonly append?: boolean }): Promise<ByteSink>;
  /** No error when it is not there. */
  remove(path: string): Promise<void>;
}

/** Where the folders of all models are kept. */
export interface FolderStore {
  names(): Promise<readonly string[]>;
  folder(name: string): WritableFolder;
  /** Removes a folder with everything in it; no error when it is not there. */
  remove(name: string): Promise<void>;
}
