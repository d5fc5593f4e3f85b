import { afterEach, expect, test, vi } from "vitest";
import { cdp } from "vitest/browser";
import { chooseTarget } from "./choose-target.ts";
import { clearDownloads, stageDownload } from "./staged-download.ts";

const HOUR_MS = 60 * 60_000;

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await clearDownloads(Date.now() + HOUR_MS);
});

async function staged(): Promise<readonly File[]> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle("sextant-downloads", { create: true });
  const files: File[] = [];
  for await (const handle of folder.values()) files.push(await (handle as FileSystemFileHandle).getFile());
  return files;
}

/** Instead of the browser's own saving. */
function watchLinks() {
  const links: HTMLAnchorElement[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    links.push(this);
  });
  return links;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("a browser that asks no place gets a link to a file on the disk, which goes after a while", async () => {
  const links = watchLinks();
  const blobs = vi.spyOn(globalThis, "Blob");
  const target = await chooseTarget("Sextant.zip");
  await target?.write(bytesOf("first, "));
  await target?.write(bytesOf("second"));
  expect(links).toEqual([]);
  await target?.close();
  expect(links.map(({ download }) => download)).toEqual(["Sextant.zip"]);
  expect(await (await fetch(links[0]!.href)).text()).toBe("first, second");
  expect(blobs).not.toHaveBeenCalled();

  await clearDownloads();
  expect(await staged()).toHaveLength(1);
  await clearDownloads(Date.now() + HOUR_MS);
  expect(await staged()).toEqual([]);
});

test("what is stopped leaves nothing", async () => {
  const links = watchLinks();
  const target = await stageDownload("a.zip");
  await target?.write(bytesOf("half"));
  await target?.abort();
  expect([await staged(), links]).toEqual([[], []]);
});

test("without room for the copy it says so, and leaves nothing", async () => {
  const links = watchLinks();
  const browser = cdp() as unknown as {
    send(
      name: "Storage.overrideQuotaForOrigin",
      params: { origin: string; quotaSize?: number },
    ): Promise<void>;
  };
  const { origin } = location;
  const { usage = 0 } = await navigator.storage.estimate();
  await browser.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage + 100_000 });
  try {
    const target = await stageDownload("a.zip");
    const writing = async (): Promise<void> => {
      await target?.write(new Uint8Array(4 * 2 ** 20));
      await target?.close();
    };
    await expect(writing()).rejects.toMatchObject({ code: "storage/full" });
    await target?.abort();
  } finally {
    await browser.send("Storage.overrideQuotaForOrigin", { origin });
  }
  expect([await staged(), links]).toEqual([[], []]);
});

test("where a page can write no files, the download is put together in memory", async () => {
  const links = watchLinks();
  vi.spyOn(navigator.storage, "getDirectory").mockRejectedValue(new DOMException("", "SecurityError"));
  expect(await stageDownload("a.zip")).toBe(null);
  const target = await chooseTarget("a.zip");
  await target?.write(bytesOf("whole"));
  await target?.close();
  expect(await (await fetch(links[0]!.href)).text()).toBe("whole");
});
