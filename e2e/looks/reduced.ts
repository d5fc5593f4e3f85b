import type { Page } from "@playwright/test";

/** Every kept pixel stands for so many on the screen, each way. */
const FACTOR = 4;
/** Compared are means over so many kept pixels each way: 8 by 8 on the screen, about a letter. */
const CELL = 2;
/** A cell differs when one of its colours does by more than this. Units: 0 to 255. */
const CELL_TOLERANCE = 20;

/** How much of a picture differs from the kept one. */
export interface Difference {
  /** The picture as it would be kept: a PNG. */
  readonly reduced: Buffer;
  /** Share of cells that differ, 0 to 1; null where none is kept, or one of another size. */
  readonly share: number | null;
}

/** Runs in the page: reduces a PNG, and counts the cells in which it differs from a kept one. */
const REDUCE = `async ({ taken, kept, factor, cell, tolerance }) => {
  const load = async (base64) => createImageBitmap(await (await fetch("data:image/png;base64," + base64)).blob());
  const draw = (image, width, height) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, width, height);
    return { canvas, pixels: context.getImageData(0, 0, width, height).data };
  };
  const whole = await load(taken);
  const [width, height] = [Math.floor(whole.width / factor), Math.floor(whole.height / factor)];
  const { canvas, pixels } = draw(whole, width, height);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  const reduced = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  if (kept === null) return { reduced, share: null };
  const before = await load(kept);
  if (before.width !== width || before.height !== height) return { reduced, share: null };
  const others = draw(before, width, height).pixels;
  let [cells, differing] = [0, 0];
  for (let y = 0; y + cell <= height; y += cell)
    for (let x = 0; x + cell <= width; x += cell) {
      cells++;
      const sums = [0, 0, 0];
      for (let dy = 0; dy < cell; dy++)
        for (let dx = 0; dx < cell; dx++)
          for (let c = 0; c < 3; c++) {
            const at = 4 * ((y + dy) * width + x + dx) + c;
            sums[c] += pixels[at] - others[at];
          }
      if (sums.some((sum) => Math.abs(sum) / (cell * cell) > tolerance)) differing++;
    }
  return { reduced, share: differing / cells };
}`;

/**
 * Compares a screenshot with a kept one at a size where the edges of letters are gone and the places of things are not.
 * `lab` is any page that may read data addresses.
 */
export async function compareLook(lab: Page, taken: Buffer, kept: Buffer | null): Promise<Difference> {
  const input = {
    taken: taken.toString("base64"),
    kept: kept?.toString("base64") ?? null,
    factor: FACTOR,
    cell: CELL,
    tolerance: CELL_TOLERANCE,
  };
  const found = await lab.evaluate<{ readonly reduced: string; readonly share: number | null }>(
    `(${REDUCE})(${JSON.stringify(input)})`,
  );
  return { reduced: Buffer.from(found.reduced, "base64"), share: found.share };
}
