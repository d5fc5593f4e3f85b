import { isSextantError } from "../../contract/index.ts";
import type { WritableFolder } from "../folder.ts";

/** What a finished file is, measured and not merely promised. */
export interface Downloaded {
  readonly sizeBytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/**
 * Lies beside a file from before its first byte. A file is whole only when its record says so and its size agrees:
 * private file systems have no rename that every browser knows, so half a file has the name of the whole one.
 */
export interface DownloadRecord {
  readonly url: string;
  readonly etag: string | null;
  readonly totalBytes: number | null;
  /** What the file must be; null when nobody says. */
  readonly expectedSha256: string | null;
  readonly whole: Downloaded | null;
}

const SUFFIX = ".download.json";

export const isRecordPath = (path: string): boolean => path.endsWith(SUFFIX);

export async function writeRecord(
  folder: WritableFolder,
  path: string,
  record: DownloadRecord,
): Promise<void> {
  const sink = await folder.create(path + SUFFIX);
  try {
    await sink.write(new TextEncoder().encode(JSON.stringify(record)));
  } finally {
    await sink.close();
  }
}

/** null when there is none, or one that was cut off while it was written. */
export async function readRecord(
  folder: Pick<WritableFolder, "open">,
  path: string,
): Promise<DownloadRecord | null> {
  try {
    const source = await folder.open(path + SUFFIX);
    const text = new TextDecoder().decode(await source.read(0, source.sizeBytes));
    return JSON.parse(text) as DownloadRecord;
  } catch (error) {
    if (error instanceof SyntaxError || isSextantError(error, "model/not-found")) return null;
    throw error;
  }
}

/** Removes what is known of a file that something else vouches for. */
export const forgetRecord = (folder: WritableFolder, path: string): Promise<void> =>
  folder.remove(path + SUFFIX);

/** Removes a file and what is known of it. */
export async function removeDownload(folder: WritableFolder, path: string): Promise<void> {
  await folder.remove(path);
  await folder.remove(path + SUFFIX);
}

/** What `path` is when it was downloaded to its end; null when it is not there or not whole. */
export async function findWhole(
  folder: Pick<WritableFolder, "list" | "open">,
  path: string,
): Promise<(Downloaded & { readonly url: string }) | null> {
  const record = await readRecord(folder, path);
  const file = (await folder.list()).find((candidate) => candidate.path === path);
  if (!record?.whole || record.whole.sizeBytes !== file?.sizeBytes) return null;
  return { ...record.whole, url: record.url };
}
