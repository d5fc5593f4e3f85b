import { expect, vi } from "vitest";

/** Files that a page would have saved, by name. */
export interface Saved {
  svg(name: string): Promise<Document>;
  /** Different colours on a coarse grid over a saved PNG. */
  inkOf(name: string): Promise<number>;
}

const GRID = 64;

/** Takes what links would have saved, in the place of the browser's own asking where to. */
export function watchSaving(): Saved {
  const blobByUrl = new Map<string, Blob | MediaSource>();
  const fileByName = new Map<string, Blob>();
  const { createObjectURL } = URL;
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    const url = createObjectURL.call(URL, blob);
    blobByUrl.set(url, blob);
    return url;
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    const blob = blobByUrl.get(this.href);
    if (blob instanceof Blob) fileByName.set(this.download, blob);
  });
  const fileNamed = async (name: string): Promise<Blob> => {
    await expect.poll(() => [...fileByName.keys()]).toContain(name);
    return fileByName.get(name) ?? new Blob();
  };
  return {
    async svg(name) {
      const file = await fileNamed(name);
      return new DOMParser().parseFromString(await file.text(), "image/svg+xml");
    },
    async inkOf(name) {
      const image = await createImageBitmap(await fileNamed(name));
      const context = new OffscreenCanvas(GRID, GRID).getContext("2d");
      context?.drawImage(image, 0, 0, GRID, GRID);
      const pixels = new Uint32Array(
        context?.getImageData(0, 0, GRID, GRID).data.buffer ?? new ArrayBuffer(0),
      );
      return new Set(pixels).size;
    },
  };
}
