import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Arithmetic, Dtype } from "../../contract/index.ts";
import { mini } from "../catalog/mini.ts";
import { convertMini, type MiniSurroundings } from "../convert/testing/convert-mini.ts";
import type { Gpu } from "../session/gpu.ts";
import type { Encoder } from "./encoder.ts";
import { openEncoder } from "./open-encoder.ts";
import { leastCosine } from "./parity.ts";

export interface EncoderCase {
  /** `trained` converts the half-precision weights of tools/golden, `shipped` takes public/models. */
  readonly weights: "trained" | "shipped";
  readonly dtype: Dtype;
  readonly arithmetic?: Arithmetic;
  /** Lowest cosine with the golden vectors over all texts. */
  readonly leastCosine: number;
}

export interface Surroundings extends MiniSurroundings {
  readonly gpu?: () => Promise<Gpu>;
  /** Of the golden texts, from the first on; all when left out. */
  readonly texts?: number;
}

interface Golden {
  readonly items: readonly {
    readonly text: string;
    readonly ids: readonly number[];
    readonly embedding: number[];
  }[];
}

/** What every device and dtype must do: the golden vectors, whether texts are batched or alone. */
export function testEncoder(surroundings: Surroundings, encoderCase: EncoderCase): void {
  const { weights, dtype, arithmetic } = encoderCase;
  describe(`${weights} weights in ${dtype}${arithmetic ? `, ${arithmetic}` : ""}`, () => {
    let encoder: Encoder;
    let items: Golden["items"];
    const progress: string[] = [];
    beforeAll(async () => {
      const golden = new TextDecoder().decode(await surroundings.golden.read("mini.json"));
      items = (JSON.parse(golden) as Golden).items.slice(0, surroundings.texts);
      const gpu = (await surroundings.gpu?.()) ?? null;
      const source =
        weights === "trained"
          ? await convertMini(surroundings, dtype)
          : { manifest: mini, files: surroundings.shipped };
      const onProgress = ({ phase }: { phase: string }) => progress.push(phase);
      encoder = await openEncoder({ ...source, gpu, dtype, arithmetic, onProgress });
    }, 120_000);
    afterAll(() => encoder?.close());

    const encode = async (texts: readonly string[]) =>
      (await encoder.encode(texts, { limitTokens: 512, urgency: "now" })).vectors;
    const row = (vectors: Float32Array, i: number) => vectors.subarray(i * mini.dim, (i + 1) * mini.dim);
    const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);

    test("the golden vectors, in one call of mixed lengths", { timeout: 120_000 }, async () => {
      const vectors = await encode(items.map(({ text }) => text));
      const cosines = items.map(({ embedding }, i) => cosine(row(vectors, i), embedding));
      expect(Math.min(...cosines)).toBeGreaterThanOrEqual(encoderCase.leastCosine);
      for (const i of items.keys()) expect(cosine(row(vectors, i), row(vectors, i))).toBeCloseTo(1, 5);
    });

    test("a text gets the same vector alone as among others", { timeout: 120_000 }, async () => {
      const texts = items.slice(0, 2).map(({ text }) => text);
      const together = await encode(["", ...texts, "x"]);
      for (const [i, text] of texts.entries()) {
        expect(cosine(await encode([text]), row(together, i + 1))).toBeGreaterThan(0.9999);
      }
    });

    test("tokens are counted as the reference has them, without [CLS] and [SEP]", () => {
      const counts = encoder.countTokens(items.map(({ text }) => text));
      expect(counts).toEqual(items.map(({ ids }) => ids.length - 2));
    });

    test("it was checked while it was loaded", () => {
      const { parityCosine, arithmetic: used } = encoder.device;
      expect(used).toBe(
        arithmetic ?? (encoder.device.used === "wasm" && dtype === "q8" ? "int8" : "float32"),
      );
      expect(parityCosine).toBeGreaterThanOrEqual(leastCosine(dtype, used));
      expect([...new Set(progress)].slice(-3)).toEqual(["convert", "compile", "check"]);
    });
  });
}

/** Measured lowest cosines over the 24 golden texts in Node: 1.0000, 1.0000, 0.9979 and 0.9965. */
export const GOLDEN_CASES: readonly EncoderCase[] = [
  { weights: "trained", dtype: "fp32", leastCosine: 0.9999 },
  { weights: "trained", dtype: "fp16", leastCosine: 0.9999 },
  { weights: "trained", dtype: "q4", leastCosine: 0.995 },
  { weights: "shipped", dtype: "q8", leastCosine: 0.997 },
];

/** No software adapter multiplies half precision, so that its arithmetic is tried on the CPU. */
export const HALF_CASE: EncoderCase = {
  weights: "trained",
  dtype: "fp16",
  arithmetic: "float16",
  leastCosine: 0.9999,
};
