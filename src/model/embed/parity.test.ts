import { expect, test } from "vitest";
import type { Arithmetic, Dtype } from "../../contract/index.ts";
import { checkParity, inspectParity, leastCosine, parseReference } from "./parity.ts";

/** Unit vectors in a plane, by their angle: the cosine of two is that of the angle between them. */
const at = (cosine: number): number[] => [cosine, Math.sqrt(1 - cosine * cosine)];

function encoder(
  found: readonly number[][],
  device: { dtype: Dtype; arithmetic: Arithmetic; used: "wasm" | "webgpu" },
) {
  return {
    info: { dim: 2, maxTokens: 6 },
    device: { ...device, adapter: null },
    countTokens: (texts: readonly string[]) => texts.map((text) => text.length),
    encode: async () => ({ vectors: Float32Array.from(found.flat()), tokens: 1 }),
  } as unknown as Parameters<typeof checkParity>[0];
}
const GPU = { arithmetic: "float32", used: "webgpu" } as const;
const texts = ["a", "long text"];
const published = [at(1), at(1)];

test("every text has its cosine, whatever the length of the vectors, and its length in tokens", async () => {
  const found = encoder(
    [
      [3, 0],
      [0, 0.5],
    ],
    { dtype: "fp32", ...GPU },
  );
  await expect(inspectParity(found, { texts, vectors: published })).resolves.toEqual([
    { lengthTokens: 3, cosine: 1 },
    { lengthTokens: 6, cosine: 0 },
  ]);
});

test("a device that computes 4-bit weights as they are passes, though they are far from the published ones", async () => {
  const vectors = [at(0.96), at(0.97)];
  const reference = { texts, vectors: published, stored: { q4: vectors } };
  await expect(checkParity(encoder(vectors, { dtype: "q4", ...GPU }), reference)).resolves.toBeCloseTo(
    0.96,
    6,
  );
});

test("a device that computes them wrongly does not, though it stays within what 4 bits may lose", async () => {
  const reference = { texts, vectors: published, stored: { q4: [at(0.99), at(0.99)] } };
  const wrong = [at(0.99), at(0.96)];
  expect(0.96).toBeGreaterThan(leastCosine("q4", "float32"));
  await expect(checkParity(encoder(wrong, { dtype: "q4", ...GPU }), reference)).rejects.toMatchObject({
    code: "gpu/wrong-vectors",
  });
  const cpu = { dtype: "q4", arithmetic: "float32", used: "wasm" } as const;
  await expect(checkParity(encoder(wrong, cpu), reference)).rejects.toMatchObject({ code: "model/corrupt" });
});

test("weights that lost too much when they were stored are not the device's fault", async () => {
  const vectors = [at(0.85), at(0.85)];
  const reference = { texts, vectors: published, stored: { q4: vectors } };
  await expect(checkParity(encoder(vectors, { dtype: "q4", ...GPU }), reference)).rejects.toMatchObject({
    code: "model/corrupt",
    message: expect.stringContaining("larger precision"),
  });
});

test("a CPU is held against the short texts, a GPU against all", async () => {
  const asked: string[][] = [];
  const held = async (device: Parameters<typeof encoder>[1]) => {
    const found = encoder([at(1), at(1)], device);
    const encode = (given: readonly string[]) => {
      asked.push([...given]);
      return found.encode([], { limitTokens: 6, urgency: "now" });
    };
    return checkParity({ ...found, encode }, { texts: ["a", "b".repeat(200)], vectors: published });
  };
  await held({ dtype: "fp32", arithmetic: "float32", used: "wasm" });
  await held({ dtype: "fp32", ...GPU });
  expect(asked.map((given) => given.length)).toEqual([1, 2]);
});

test("vectors that are no numbers are wrong vectors", async () => {
  const found = encoder([at(1), [Number.NaN, 0]], { dtype: "fp16", ...GPU });
  await expect(checkParity(found, { texts, vectors: published })).rejects.toMatchObject({
    code: "gpu/wrong-vectors",
  });
});

test.each([
  ["nothing", null],
  ["no texts", { texts: [], vectors: [] }],
  ["fewer vectors than texts", { texts, vectors: [at(1)] }],
  ["vectors of another length", { texts, vectors: [[1], [1]] }],
  ["no numbers", { texts, vectors: [at(1), [1, null]] }],
  ["stored vectors of another length", { texts, vectors: published, stored: { q8: [[1], [1]] } }],
  ["stored vectors that are none", { texts, vectors: published, stored: null }],
])("a reference with %s is refused", (_, json) => {
  expect(() => parseReference(json, 2)).toThrow(expect.objectContaining({ code: "model/corrupt" }));
});
