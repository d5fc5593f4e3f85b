import { toHalf } from "../../base/half.ts";
import { createRng } from "../../base/rng.ts";
import { SextantError, type ExactRows, type Kernel } from "../../contract/index.ts";
import { setBit, wordsFor } from "./bitmap.ts";
import { createReferenceKernel } from "./reference.ts";

/**
 * From so many values a search on a GPU is taken to pay. A result that is read back waits 5 to 15 ms on some devices
 * (https://github.com/gpuweb/gpuweb/issues/4432), in which one core scans about as many 8-bit codes. Not measured on a
 * real GPU: `npm run bench -- search-gpu` there prints both sides.
 */
export const GPU_FROM_VALUES = 128 * 1024 * 1024;

const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i;

/** A device that was seen to search right. */
export interface GpuSearch {
  createKernel(dim: number, exactRows?: ExactRows): Kernel;
}

export type MakeGpuKernel = (
  device: GPUDevice,
  dim: number,
  options: { exactRows?: ExactRows | undefined },
) => Kernel;

export interface GpuSearchOptions {
  /** Default: a device that is none, or does not say, is not used. */
  readonly allowSoftware?: boolean;
  /** Default: the WebGPU kernel, loaded when it is asked for. */
  readonly makeKernel?: MakeGpuKernel;
}

/**
 * Takes a device for searching, after a small seeded search on it that has to be equal to the reference. The device
 * stays its owner's. Null where it computes in software, slower than WASM.
 *
 * Throws: `gpu/wrong-vectors` when it answers wrongly, `gpu/lost`, `gpu/out-of-memory`.
 */
export async function openGpuSearch(
  device: GPUDevice,
  options: GpuSearchOptions = {},
): Promise<GpuSearch | null> {
  const { allowSoftware = false } = options;
  if (!allowSoftware && isSoftware(device)) return null;
  const make = options.makeKernel ?? (await import("./webgpu/gpu-kernel.ts")).createGpuKernel;
  await checkSearch(device, make);
  return { createKernel: (dim, exactRows) => make(device, dim, { exactRows }) };
}

function isSoftware({ adapterInfo }: Partial<Pick<GPUDevice, "adapterInfo">>): boolean {
  if (!adapterInfo) return true;
  const { isFallbackAdapter, vendor, architecture, description } = adapterInfo;
  return isFallbackAdapter || SOFTWARE.test(`${vendor} ${architecture} ${description}`);
}

const CHECK = { rows: 300, dim: 70, queries: 5, k: 12 } as const;

/**
 * Several groups of rows, a tail of the dimensions, a filter and removed rows; one query and several, which run through
 * programs of their own, and so many results that rows are looked at one by one, and so few that groups are.
 */
async function checkSearch(device: GPUDevice, make: MakeGpuKernel): Promise<void> {
  const { rows, dim, queries: count, k } = CHECK;
  const rng = createRng(70);
  const draw = (length: number) => Float32Array.from({ length }, () => (rng() - 0.5) / 4);
  const bits = toHalf(draw(rows * dim));
  const queries = draw(count * dim);
  const allow = new Uint32Array(wordsFor(rows));
  for (let row = 0; row < rows; row++) if (rng() < 0.7) setBit(allow, row);
  const [ours, reference] = [make(device, dim, {}), createReferenceKernel(dim)];
  try {
    for (const kernel of [ours, reference]) {
      kernel.append(bits);
      kernel.remove([1, 64, 299]);
    }
    const searches = [queries, queries.subarray(0, dim)].flatMap((asked) =>
      [k, 1].flatMap((most) => [{}, { allow }].map((options) => [asked, most, options] as const)),
    );
    for (const search of searches) {
      const [found, wanted] = [await ours.search(...search), await reference.search(...search)];
      const isRight =
        found.top.rows.every((row, i) => row === wanted.top.rows[i]) &&
        found.top.scores.every((score, i) => score === wanted.top.scores[i]) &&
        found.moments.count.every((number, i) => number === wanted.moments.count[i]) &&
        found.moments.mean.every((mean, i) => Math.abs(mean - (wanted.moments.mean[i] ?? 0)) < 0.01) &&
        found.moments.deviation.every(
          (deviation, i) => Math.abs(deviation - (wanted.moments.deviation[i] ?? 0)) < 0.01,
        );
      if (!isRight)
        throw new SextantError(
          "gpu/wrong-vectors",
          "This graphics processor finds other passages than it should, so searches stay on WASM. Please report its name.",
          { kernel: ours.name },
        );
    }
  } finally {
    ours.close();
  }
}
