import { SextantError } from "../../contract/index.ts";
import { saveFile } from "../parts/save-file.ts";
import type { ExportTarget } from "../state/export-bundle.ts";

/** In the origin's private file system: whole files that a browser copies to where it saves downloads. */
const FOLDER = "sextant-downloads";

/** The page is not told when that is done; copying takes minutes at most, a person asked where to some more. */
const KEPT_MS = 60 * 60_000;

/**
 * A download that is never in memory: it is written to the disk, and its link is to the file there. That needs as much
 * room again as the file has, for about an hour (`clearDownloads`). null where a page cannot write such files.
 *
 * Throws: `storage/full` from `write` and `close`; nothing is left after `abort`.
 */
export async function stageDownload(name: string): Promise<ExportTarget | null> {
  const folder = await openFolder(true);
  if (!folder) return null;
  await clearDownloads();
  const id = crypto.randomUUID();
  const handle = await folder.getFileHandle(id, { create: true });
  const remove = (): Promise<void> => folder.removeEntry(id);
  if (!("createWritable" in handle)) {
    await remove();
    return null;
  }
  const file = await handle.createWritable();
  return {
    write: (bytes) => file.write(bytes).catch(refuse),
    async close() {
      await file.close().catch(refuse);
      saveFile(name, await handle.getFile());
      setTimeout(() => void clearDownloads(), KEPT_MS);
    },
    async abort() {
      await file.abort().catch(() => undefined);
      await remove();
    },
  };
}

/** Removes what has been saved long ago, by this tab or one that is gone. */
export async function clearDownloads(nowMs = Date.now()): Promise<void> {
  const folder = await openFolder(false);
  if (!folder) return;
  for await (const [id, handle] of folder.entries()) {
    try {
      const { lastModified } = await (handle as FileSystemFileHandle).getFile();
      if (nowMs - lastModified >= KEPT_MS) await folder.removeEntry(id);
    } catch {
      // Another tab was first, or is writing it.
    }
  }
}

async function openFolder(create: boolean): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create });
  } catch {
    // Not there, or not in a private window.
    return null;
  }
}

/** Chromium 156 says of a write that meets the quota, now and then, only that its pipe was closed: an AbortError. */
function refuse(error: unknown): never {
  if (!(error instanceof DOMException) || !["QuotaExceededError", "AbortError"].includes(error.name))
    throw error;
  throw new SextantError(
    "storage/full",
    "There is no room for a copy of the file, which this browser needs until it has saved it. Free space on the device, " +
      "export one collection at a time, or use a browser that asks where to save.",
    {},
    error,
  );
}
