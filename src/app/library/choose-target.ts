import { saveFile } from "../parts/save-file.ts";
import type { ExportTarget } from "../state/export-bundle.ts";
import { stageDownload } from "./staged-download.ts";

/** What a file on the disk that a person chose can do; not every browser has it. */
interface SavePicker {
  showSaveFilePicker(options: { readonly suggestedName: string }): Promise<FileSystemFileHandle>;
}

function hasPicker(page: object): page is SavePicker {
  return "showSaveFilePicker" in page;
}

/**
 * Where a file of this name goes: straight onto the disk where the browser lets a person choose the place, else into a
 * download when it is whole, by way of the disk where a page may write there. null when the person chose none. Must be asked in a click.
 */
export async function chooseTarget(name: string): Promise<ExportTarget | null> {
  if (!hasPicker(window)) return (await stageDownload(name)) ?? downloadInMemory(name);
  try {
    const handle = await window.showSaveFilePicker({ suggestedName: name });
    const file = await handle.createWritable();
    return { write: (bytes) => file.write(bytes), close: () => file.close(), abort: () => file.abort() };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    // Refused where the page is framed or the device has no picker.
    return (await stageDownload(name)) ?? downloadInMemory(name);
  }
}

function downloadInMemory(name: string): ExportTarget {
  // A Blob may lie on the disk; an array of bytes may not.
  let whole = new Blob();
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let waitingBytes = 0;
  const pack = (): void => {
    whole = new Blob([whole, ...waiting]);
    waiting = [];
    waitingBytes = 0;
  };
  return {
    write(bytes) {
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes > PACK_BYTES) pack();
      return Promise.resolve();
    },
    close() {
      pack();
      saveFile(name, whole);
      return Promise.resolve();
    },
    abort() {
      whole = new Blob();
      waiting = [];
      return Promise.resolve();
    },
  };
}

const PACK_BYTES = 8 * 2 ** 20;
