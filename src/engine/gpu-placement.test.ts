import { expect, test } from "vitest";
import { toHalf } from "../base/half.ts";
import { createRng } from "../base/rng.ts";
import { SextantError, type Kernel } from "../contract/index.ts";
import { createVectorSet, KERNELS, type GpuSearch } from "../vectors/index.ts";
import { createGpuPlacement } from "./gpu-placement.ts";

const DIM = 16;

function setUp(rows = 100) {
  const rng = createRng(1);
  const faults: string[] = [];
  const onFault = ({ code }: SextantError) => void faults.push(code);
  const set = createVectorSet(DIM, { onFault });
  const ids = Int32Array.from({ length: rows }, (_, i) => i + 1);
  set.append({
    id: 1,
    passageIds: ids,
    sourceIds: ids,
    ordinals: ids,
    vectors: toHalf(Float32Array.from({ length: rows * DIM }, () => rng() - 0.5)),
  });
  let device: GPUDevice | null = {} as GPUDevice;
  let isGone = false;
  let searches = 0;
  const working: GpuSearch = {
    createKernel(dim, exactRows): Kernel {
      const kernel = KERNELS.wasm(dim, { exactRows });
      const search = (...asked: Parameters<Kernel["search"]>) => {
        if (isGone) return Promise.reject(new SextantError("gpu/lost", "gone"));
        if (asked[1] > 0) searches++;
        return kernel.search(...asked);
      };
      return Object.create(kernel, { search: { value: search } }) as Kernel;
    },
  };
  let opened = 0;
  const placementOf = (open: () => Promise<GpuSearch | null>, fromValues = 100 * DIM) =>
    createGpuPlacement({
      device: () => device,
      onFault,
      open: () => {
        opened++;
        return open();
      },
      fromValues,
    });
  return {
    set,
    working,
    placementOf,
    faults,
    use: (next: GPUDevice | null) => void (device = next),
    lose: () => void (isGone = true),
    openedTimes: () => opened,
    /** Whether the GPU answers. */
    async isAway() {
      const before = searches;
      const { ids } = await set.search(new Float32Array(DIM).fill(1), 3);
      expect(ids.length).toBe(3);
      return searches > before;
    },
  };
}

test("a set that is large enough moves to the model's GPU, and home when the model leaves it", async () => {
  const { set, working, placementOf, isAway, use, faults } = setUp();
  const placement = placementOf(() => Promise.resolve(working));
  await placement.place(set);
  await expect.poll(isAway).toBe(true);
  await placement.place(set);
  expect(await isAway()).toBe(true);
  use(null);
  await placement.place(set);
  expect(await isAway()).toBe(false);
  use({} as GPUDevice);
  await placement.place(set);
  await expect.poll(isAway).toBe(true);
  expect(faults).toEqual([]);
});

test("a small set and a software device stay on WASM", async () => {
  const { set, working, placementOf, isAway, openedTimes } = setUp(99);
  await placementOf(() => Promise.resolve(working)).place(set);
  expect(openedTimes()).toBe(0);
  await placementOf(() => Promise.resolve(null), 1).place(set);
  expect(openedTimes()).toBe(1);
  expect(await isAway()).toBe(false);
});

test("a GPU that answers wrongly is refused once, aloud, and not asked again", async () => {
  const { set, placementOf, isAway, openedTimes, faults } = setUp();
  const placement = placementOf(() => Promise.reject(new SextantError("gpu/wrong-vectors", "wrong")));
  await placement.place(set);
  await expect.poll(() => faults).toEqual(["gpu/wrong-vectors"]);
  await placement.place(set);
  expect(openedTimes()).toBe(1);
  expect(await isAway()).toBe(false);
});

test("a GPU that goes away is told, and the set is not sent back to it", async () => {
  const { set, working, placementOf, isAway, lose, faults } = setUp();
  const placement = placementOf(() => Promise.resolve(working));
  await placement.place(set);
  await expect.poll(isAway).toBe(true);
  lose();
  expect(await isAway()).toBe(false);
  expect(faults).toEqual(["gpu/lost"]);
  await placement.place(set);
  expect(await isAway()).toBe(false);
});
