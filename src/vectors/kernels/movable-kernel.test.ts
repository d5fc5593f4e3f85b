import { expect, test } from "vitest";
import { toHalf } from "../../base/half.ts";
import { isSextantError, SextantError, type Kernel } from "../../contract/index.ts";
import { openGpuSearch } from "./gpu-search.ts";
import { KERNELS } from "./index.ts";
import { describeKernel, unitVectors } from "./kernel.contract.ts";
import { createMovableKernel, type MakeKernel } from "./movable-kernel.ts";
import { createReferenceKernel } from "./reference.ts";

const DIM = 24;
const wasm =
  (dim: number): MakeKernel =>
  (exactRows) =>
    KERNELS.wasm(dim, { exactRows });
const lost = () => new SextantError("gpu/lost", "gone");

/** A kernel that stands for a device: it works until `break` is called. */
function device(dim: number) {
  let isBroken = false;
  const make: MakeKernel = (exactRows) => {
    const kernel = wasm(dim)(exactRows);
    return Object.create(kernel, {
      name: { value: "device" },
      append: {
        value: (bits: Uint16Array) => {
          if (isBroken) throw lost();
          kernel.append(bits);
        },
      },
      search: {
        value: async (...asked: Parameters<Kernel["search"]>) => {
          if (isBroken) throw lost();
          const answer = await kernel.search(...asked);
          if (isBroken) throw lost();
          return answer;
        },
      },
    }) as Kernel;
  };
  return { make, break: () => void (isBroken = true) };
}

/** Moves at the first search, and breaks the device before every third. */
describeKernel(
  "that moves and comes home under work",
  (dim) => {
    const kernel = createMovableKernel(dim, { home: wasm(dim) });
    let searches = 0;
    return Object.create(kernel, {
      search: {
        value: async (...asked: Parameters<Kernel["search"]>) => {
          const away = device(dim);
          if (kernel.isHome)
            kernel.moveTo(away.make).catch((error: unknown) => {
              if (!isSextantError(error, "gpu/lost")) throw error;
            });
          if (searches++ % 3 === 2) away.break();
          return kernel.search(...asked);
        },
      },
    }) as Kernel;
  },
  { smaller: 4 },
);

async function away() {
  const gpu = device(DIM);
  const faults: string[] = [];
  const kernel = createMovableKernel(DIM, {
    home: wasm(DIM),
    onFault: ({ code }) => faults.push(code),
  });
  const reference = createReferenceKernel(DIM);
  for (const one of [kernel, reference]) {
    one.append(toHalf(unitVectors(1, 120, DIM)));
    one.remove([3, 50]);
  }
  await kernel.moveTo(gpu.make);
  return { gpu, faults, kernel, reference, query: unitVectors(2, 1, DIM) };
}

test("after the move the other kernel answers, with what was appended and removed meanwhile", async () => {
  const gpu = device(DIM);
  const kernel = createMovableKernel(DIM, { home: wasm(DIM) });
  const reference = createReferenceKernel(DIM);
  for (const one of [kernel, reference]) one.append(toHalf(unitVectors(3, 5000, DIM)));
  const moved = kernel.moveTo(gpu.make);
  for (const one of [kernel, reference]) {
    one.append(toHalf(unitVectors(4, 30, DIM)));
    one.remove([7, 5010]);
  }
  expect(kernel.compact()).toBeNull();
  await moved;
  expect(kernel.name).toBe("device");
  const query = unitVectors(5, 1, DIM);
  expect((await kernel.search(query, 200)).top).toEqual((await reference.search(query, 200)).top);
});

test("a device that fails is told once, and every search is answered from home", async () => {
  const { gpu, faults, kernel, reference, query } = await away();
  const under = kernel.search(query, 9);
  gpu.break();
  const wanted = (await reference.search(query, 9)).top;
  const answers = await Promise.all([under, kernel.search(query, 9), kernel.search(query, 9)]);
  for (const { top } of answers) expect(top).toEqual(wanted);
  expect(faults).toEqual(["gpu/lost"]);
  expect(kernel.isHome).toBe(true);
  expect(kernel.name).not.toBe("device");
});

test("rows that a failed device does not take are not lost", async () => {
  const { gpu, faults, kernel, reference, query } = await away();
  gpu.break();
  for (const one of [kernel, reference]) {
    one.append(toHalf(unitVectors(6, 40, DIM)));
    one.append(toHalf(unitVectors(7, 4, DIM)));
    one.remove([130]);
  }
  expect((await kernel.search(query, 20)).top).toEqual((await reference.search(query, 20)).top);
  expect(kernel.rows).toBe(164);
  expect(faults).toEqual(["gpu/lost"]);
});

test("a device that cannot take the rows leaves them where they are", async () => {
  const { kernel, query, reference } = await away();
  await kernel.moveHome();
  expect(kernel.isHome).toBe(true);
  const broken = device(DIM);
  broken.break();
  await expect(kernel.moveTo(broken.make)).rejects.toThrow(expect.objectContaining({ code: "gpu/lost" }));
  expect(kernel.isHome).toBe(true);
  expect((await kernel.search(query, 5)).top).toEqual((await reference.search(query, 5)).top);
});

test("another home is filled while the first answers; on a device, it is where the rows come back to", async () => {
  const other: MakeKernel = (exactRows) =>
    Object.create(wasm(DIM)(exactRows), { name: { value: "other home" } }) as Kernel;
  const { kernel, query, reference, gpu } = await away();
  await kernel.settleIn(other);
  expect(kernel.name).toBe("device");
  gpu.break();
  expect((await kernel.search(query, 9)).top).toEqual((await reference.search(query, 9)).top);
  expect(kernel.name).toBe("other home");
  const settled = kernel.settleIn(wasm(DIM));
  for (const one of [kernel, reference]) one.append(toHalf(unitVectors(8, 5, DIM)));
  expect(kernel.name).toBe("other home");
  await settled;
  expect(kernel.name).toBe(wasm(DIM)({} as never).name);
  expect((await kernel.search(query, 9)).top).toEqual((await reference.search(query, 9)).top);
});

test("a home that cannot take the rows leaves them where they are", async () => {
  const kernel = createMovableKernel(DIM, { home: wasm(DIM) });
  kernel.append(toHalf(unitVectors(9, 20, DIM)));
  const before = kernel.name;
  const full = device(DIM);
  full.break();
  await expect(kernel.settleIn(full.make)).rejects.toThrow(expect.objectContaining({ code: "gpu/lost" }));
  expect(kernel.name).toBe(before);
  expect((await kernel.search(unitVectors(2, 1, DIM), 1)).top.rows[0]).not.toBe(-1);
});

const adapterInfo = { vendor: "acme", architecture: "g1", description: "", isFallbackAdapter: false };

test("a device is taken for searching when it is hardware and answers as the reference", async () => {
  const makeKernel = (_: GPUDevice, dim: number) => KERNELS.wasm(dim);
  const open = (info: object | undefined) =>
    openGpuSearch({ adapterInfo: info } as unknown as GPUDevice, { makeKernel });
  expect((await open(adapterInfo))?.createKernel(4).dim).toBe(4);
  expect(await open({ ...adapterInfo, architecture: "swiftshader" })).toBeNull();
  expect(await open({ ...adapterInfo, isFallbackAdapter: true })).toBeNull();
  expect(await open(undefined)).toBeNull();
});

test("a device that finds other rows, or scores them wrongly, is refused, also if only with one query or one result", async () => {
  const hardware = { adapterInfo } as unknown as GPUDevice;
  for (const spoil of [
    (rows: Int32Array) => rows.reverse(),
    (_: Int32Array, scores: Float32Array) => (scores[7] = scores[7]! + 1e-6),
    (rows: Int32Array, _: Float32Array, queries: number) => queries === 1 && rows.reverse(),
    (rows: Int32Array, _: Float32Array, queries: number) => rows.length === queries && rows.fill(2),
  ]) {
    const makeKernel = (_: GPUDevice, dim: number): Kernel => {
      const kernel = KERNELS.wasm(dim);
      const search = async (...asked: Parameters<Kernel["search"]>) => {
        const answer = await kernel.search(...asked);
        spoil(answer.top.rows, answer.top.scores, asked[0].length / dim);
        return answer;
      };
      return Object.create(kernel, { search: { value: search } }) as Kernel;
    };
    await expect(openGpuSearch(hardware, { makeKernel })).rejects.toThrow(
      expect.objectContaining({ code: "gpu/wrong-vectors" }),
    );
  }
});
