import type { PickedFile } from "../../contract/index.ts";

/** More than this is nobody's notes, but a project folder that was meant otherwise. */
const MOST_FILES = 5000;

export interface Dropped {
  readonly files: readonly (PickedFile & { readonly content: File })[];
  /** A folder was among what was dropped, so that not every file was meant one by one. */
  readonly hasFolder: boolean;
  /** Files in folders that were not read any more. */
  readonly tooMany: boolean;
}

/**
 * Reads what was dropped, folders included, without hidden files. Must be called while the event is handled: afterwards
 * the browser has forgotten it.
 *
 * Throws: what the browser says when a folder cannot be read.
 */
export function readDropped(transfer: DataTransfer): Promise<Dropped> {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const found = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return walkAll(found);
}

async function walkAll(
  found: readonly { readonly entry: FileSystemEntry | null; readonly file: File | null }[],
): Promise<Dropped> {
  const files: (PickedFile & { readonly content: File })[] = [];
  let hasFolder = false;
  for (const { entry, file } of found) {
    if (isFolder(entry)) {
      hasFolder = true;
      await walk(entry, entry.name, files);
    } else if (file) files.push({ path: file.name, content: file });
  }
  return { files, hasFolder, tooMany: files.length >= MOST_FILES };
}

async function walk(
  folder: FileSystemDirectoryEntry,
  path: string,
  files: (PickedFile & { readonly content: File })[],
): Promise<void> {
  const reader = folder.createReader();
  const next = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  // The browser hands over at most a hundred at a time.
  for (let entries = await next(); entries.length > 0; entries = await next()) {
    for (const entry of entries) {
      if (files.length >= MOST_FILES) return;
      if (entry.name.startsWith(".")) continue;
      const place = `${path}/${entry.name}`;
      if (isFolder(entry)) await walk(entry, place, files);
      else if (isFile(entry)) files.push({ path: place, content: await fileOf(entry) });
    }
  }
}

const isFolder = (entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry =>
  entry?.isDirectory === true;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));
