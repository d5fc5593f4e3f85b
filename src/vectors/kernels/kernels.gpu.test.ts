import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { fromHalf, toHalf } from "../../base/half.ts";
import { createRng } from "../../base/rng.ts";
import { openGpuSearch } from "./gpu-search.ts";
import { KERNELS } from "./index.ts";
import { createMovableKernel } from "./movable-kernel.ts";
import { createGpuKernel, webgpuBlocks, type GpuBlockOptions } from "./webgpu/gpu-kernel.ts";
import { describeKernel, exactVectors, unitVectors } from "./kernel.contract.ts";
import { createReferenceKernel } from "./reference.ts";

let device: GPUDevice;

async function openDevice(requiredFeatures: GPUFeatureName[]): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error("this test needs a WebGPU adapter");
  return adapter.requestDevice({ requiredFeatures });
}

beforeAll(async () => {
  device = await openDevice(["subgroups"]);
});

afterEach(() => void vi.restoreAllMocks());

const FULL = { packed: true, subgroups: true };
const PLAIN = { packed: false, subgroups: false };

describeKernel("webgpu with packed products and subgroups", (dim) =>
  createGpuKernel(device, dim, { variant: FULL }),
);
describeKernel("webgpu with neither, in blocks of 64 rows", (dim) =>
  createGpuKernel(device, dim, { variant: PLAIN, capacity: 64 }),
);

/** A kernel and the reference, with the same rows. */
function pair(dim: number, vectors: Float32Array, options: GpuBlockOptions) {
  const kernel = createGpuKernel(device, dim, options);
  const reference = createReferenceKernel(dim);
  for (const one of [kernel, reference]) one.append(toHalf(vectors));
  return { kernel, reference };
}

test.each([
  { packed: true, subgroups: false },
  { packed: false, subgroups: true },
])("packed $packed and subgroups $subgroups answer as the reference", async (variant) => {
  const [rows, dim, k] = [333, 70, 8];
  const { kernel, reference } = pair(dim, unitVectors(40, rows, dim), { variant });
  const query = unitVectors(41, 1, dim);
  const [ours, theirs] = [await kernel.search(query, k), await reference.search(query, k)];
  expect(ours.top).toEqual(theirs.top);
  expect(ours.moments.mean[0]).toBeCloseTo(theirs.moments.mean[0]!, 3);
  expect(ours.moments.deviation[0]).toBeCloseTo(theirs.moments.deviation[0]!, 3);
});

test("the device's own features choose the variant", async () => {
  expect(createGpuKernel(device, 4).name).toBe("webgpu-packed-subgroups");
  const plain = await openDevice([]);
  expect(createGpuKernel(plain, 4).name).toBe("webgpu-packed");
  plain.destroy();
});

test("a search is one map, whatever its blocks and queries", async () => {
  const { kernel } = pair(16, unitVectors(42, 300, 16), { variant: PLAIN, capacity: 64 });
  const maps = vi.spyOn(GPUBuffer.prototype, "mapAsync");
  await kernel.search(unitVectors(43, 6, 16), 5);
  expect(maps).toHaveBeenCalledTimes(1);
  // Six queries' numbers, and at most 300 candidates each.
  expect(maps.mock.calls[0]![2]).toBe(6 * (32 + 300 * 16));
});

test("more candidates than there is room for are asked for again, and none is missing", async () => {
  const [rows, dim, k] = [200, 12, 5];
  const one = unitVectors(44, 1, dim);
  const alike = fromHalf(toHalf(Float32Array.from({ length: rows * dim }, (_, i) => one[i % dim]!)));
  const { kernel, reference } = pair(dim, alike, { variant: FULL, room: 1 });
  const queries = unitVectors(45, 5, dim);
  expect((await kernel.search(queries, k)).top).toEqual((await reference.search(queries, k)).top);
});

test("queries of the largest and smallest numbers are answered", async () => {
  const dim = 8;
  const { kernel, reference } = pair(dim, exactVectors(46, 90, dim), { variant: FULL });
  for (const scale of [1e30, 1e-30, 2 ** -140]) {
    const query = exactVectors(47, 1, dim).map((value) => value * scale);
    expect((await kernel.search(query, 9)).top).toEqual((await reference.search(query, 9)).top);
  }
});

test("every row's score in float64 lies within its bounds, which are narrow", async () => {
  const [rows, dim] = [130, 50];
  const rng = createRng(60);
  const sets = {
    unit: unitVectors(61, rows, dim),
    // Codes hold these exactly: all of the error is the query's.
    signs: Float32Array.from({ length: rows * dim }, () => Math.floor(rng() * 3) - 1),
    tiny: Float32Array.from({ length: rows * dim }, () => Math.floor(rng() * 900) * 2 ** -24),
    long: unitVectors(62, rows, dim).map((value) => value * 60_000),
  };
  for (const [name, wanted] of Object.entries(sets))
    for (const variant of [FULL, PLAIN]) {
      const bits = toHalf(wanted);
      const vectors = fromHalf(bits);
      const block = webgpuBlocks(device, dim, { variant }).create(0);
      block.append(bits);
      const queries = unitVectors(63, 2, dim);
      // What the codes leave out of the first row: nothing is further off than its product with that.
      const scale = Math.fround(Math.max(...vectors.subarray(0, dim).map(Math.abs)) / 127);
      for (let d = 0; d < dim; d++)
        queries[dim + d] = (vectors[d]! - Math.round(vectors[d]! / scale) * scale) * 1e6;
      const floors = new Float32Array(2).fill(-Infinity);
      const answers = await block.scan({ queries, rows, k: rows, mask: undefined, floors });
      for (const [q, { candidates }] of answers.entries()) {
        expect(candidates.rows.length).toBe(rows);
        for (const [i, row] of candidates.rows.entries()) {
          let [score, lengths, norm] = [0, 0, 0];
          for (let d = 0; d < dim; d++) {
            const [x, y] = [vectors[row * dim + d]!, queries[q * dim + d]!];
            score += x * y;
            lengths += x * x;
            norm += y * y;
          }
          const [lower, upper] = [candidates.lower[i]!, candidates.upper[i]!];
          expect(lower, name).toBeLessThanOrEqual(score);
          expect(upper, name).toBeGreaterThanOrEqual(score);
          expect(upper - lower, name).toBeLessThanOrEqual(0.04 * Math.sqrt(lengths * norm) + 1e-29);
        }
      }
      block.close();
    }
});

test("rows of half precision's smallest values are told apart", async () => {
  const [rows, dim] = [200, 4];
  const bits = Uint16Array.from({ length: rows * dim }, (_, i) => (Math.floor(i / dim) * 7) % 1000);
  const [kernel, reference] = [createGpuKernel(device, dim, { variant: FULL }), createReferenceKernel(dim)];
  for (const one of [kernel, reference]) one.append(bits);
  const query = new Float32Array(dim).fill(1);
  expect((await kernel.search(query, 5)).top).toEqual((await reference.search(query, 5)).top);
});

test("a search under way keeps the blocks that a compaction drops, which then go", async () => {
  const [rows, dim] = [150, 8];
  const { kernel, reference } = pair(dim, unitVectors(48, rows, dim), { variant: PLAIN, capacity: 64 });
  const query = unitVectors(49, 1, dim);
  const expected = await reference.search(query, 3);
  const destroyed = vi.spyOn(GPUBuffer.prototype, "destroy");
  const searched = kernel.search(query, 3);
  kernel.remove([...Array(rows).keys()].filter((row) => row % 2 === 0 && !expected.top.rows.includes(row)));
  kernel.compact();
  expect((await searched).top).toEqual(expected.top);
  // Records and bounds of the three blocks that lost rows.
  await vi.waitFor(() => expect(destroyed.mock.calls.length).toBeGreaterThanOrEqual(6));
});

test("rows beyond the limit are refused, and change nothing", async () => {
  const dim = 16;
  const kernel = createGpuKernel(device, dim, { variant: FULL, maxBytes: 8192 });
  kernel.append(toHalf(unitVectors(50, 64, dim)));
  expect(() => kernel.append(toHalf(unitVectors(51, 500, dim)))).toThrow(
    expect.objectContaining({ code: "vectors/full" }),
  );
  expect(kernel.rows).toBe(64);
  expect((await kernel.search(unitVectors(52, 1, dim), 2)).moments.count[0]).toBe(64);
});

test("a device without memory fails the search with a code, and those after it", async () => {
  const full = new GPUOutOfMemoryError("no memory");
  vi.spyOn(GPUDevice.prototype, "popErrorScope").mockResolvedValueOnce(full);
  const kernel = createGpuKernel(device, 4, { variant: FULL });
  kernel.append(toHalf(unitVectors(53, 3, 4)));
  const refused = expect.objectContaining({ code: "gpu/out-of-memory" });
  await expect(kernel.search(unitVectors(54, 1, 4), 1)).rejects.toThrow(refused);
  expect(() => kernel.append(toHalf(unitVectors(53, 3, 4)))).toThrow(refused);
});

test("a device that goes away fails searches under way and later ones", async () => {
  const own = await openDevice([]);
  const kernel = createGpuKernel(own, 4);
  kernel.append(toHalf(unitVectors(55, 3, 4)));
  const searched = kernel.search(unitVectors(56, 1, 4), 1);
  own.destroy();
  const lost = expect.objectContaining({ code: "gpu/lost" });
  await expect(searched).rejects.toThrow(lost);
  await expect(kernel.search(unitVectors(56, 1, 4), 1)).rejects.toThrow(lost);
});

test("a software device is not taken for searching, unless it is wanted; it then answers as the reference", async () => {
  expect(await openGpuSearch(device)).toBeNull();
  expect((await openGpuSearch(device, { allowSoftware: true }))?.createKernel(8).dim).toBe(8);
});

test("vectors that moved to a device answer after it was destroyed", async () => {
  const [dim, own] = [16, await openDevice([])];
  const faults: string[] = [];
  const kernel = createMovableKernel(dim, {
    home: (exactRows) => KERNELS.wasm(dim, { exactRows }),
    onFault: ({ code }) => faults.push(code),
  });
  kernel.append(toHalf(unitVectors(57, 200, dim)));
  const query = unitVectors(58, 1, dim);
  const expected = await kernel.search(query, 6);
  await kernel.moveTo((exactRows) => createGpuKernel(own, dim, { exactRows }));
  expect(kernel.name).toMatch(/^webgpu/);
  expect((await kernel.search(query, 6)).top).toEqual(expected.top);
  const searched = kernel.search(query, 6);
  own.destroy();
  expect((await searched).top).toEqual(expected.top);
  expect(faults).toEqual(["gpu/lost"]);
  expect(kernel.name).toMatch(/^wasm/);
});
