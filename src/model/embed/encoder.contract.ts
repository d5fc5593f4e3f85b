import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../base/hash.ts";
import type { Dtype } from "../../contract/index.ts";
import { mini } from "../catalog/mini.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import type { Gpu } from "../session/gpu.ts";
import type { ModelFiles } from "../source/model-files.ts";
import type { Encoder } from "./encoder.ts";
import { openEncoder } from "./open-encoder.ts";

export interface EncoderCase {
  /** `trained` has the half-precision weights of tools/golden, `shipped` the 8-bit ones of public/models. */
  readonly weights: "trained" | "shipped";
  readonly dtype: Dtype;
  /** Lowest cosine with the golden vectors over all texts. */
  readonly leastCosine: number;
}

export interface Surroundings {
  readonly shipped: ModelFiles;
  /** Reads from tools/golden. */
  readonly golden: ModelFiles;
  readonly gpu?: () => Promise<Gpu>;
}

interface Golden {
  readonly items: readonly {
    readonly text: string;
    readonly ids: readonly number[];
    readonly embedding: number[];
  }[];
}

/** The same model with its weights as they came out of training. */
async function trained({
  shipped,
  golden,
}: Surroundings): Promise<{ model: CatalogEntry; files: ModelFiles }> {
  const path = "mini.f16.safetensors";
  const bytes = await golden.read(path);
  const weights = { path, sizeBytes: bytes.length, sha256: await sha256(bytes) };
  return {
    model: { ...mini, files: { ...mini.files, weights } },
    files: { read: (wanted, options) => (wanted === path ? golden : shipped).read(wanted, options) },
  };
}

/** What every device and dtype must do: the golden vectors, whether texts are batched or alone. */
export function testEncoder(surroundings: Surroundings, { weights, dtype, leastCosine }: EncoderCase): void {
  describe(`${weights} weights in ${dtype}`, () => {
    let encoder: Encoder;
    let golden: Golden;
    const progress: string[] = [];
    beforeAll(async () => {
      golden = JSON.parse(new TextDecoder().decode(await surroundings.golden.read("mini.json"))) as Golden;
      const gpu = (await surroundings.gpu?.()) ?? null;
      const source =
        weights === "trained" ? await trained(surroundings) : { model: mini, files: surroundings.shipped };
      const onProgress = ({ phase }: { phase: string }) => progress.push(phase);
      encoder = await openEncoder({ ...source, gpu, dtype, onProgress });
    }, 120_000);
    afterAll(() => encoder.close());

    const encode = async (texts: readonly string[]) =>
      (await encoder.encode(texts, { limitTokens: 512, urgency: "now" })).vectors;
    const row = (vectors: Float32Array, i: number) => vectors.subarray(i * mini.dim, (i + 1) * mini.dim);
    const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);

    test("the golden vectors, in one call of mixed lengths", { timeout: 120_000 }, async () => {
      const vectors = await encode(golden.items.map(({ text }) => text));
      const cosines = golden.items.map(({ embedding }, i) => cosine(row(vectors, i), embedding));
      expect(Math.min(...cosines)).toBeGreaterThanOrEqual(leastCosine);
      for (const i of golden.items.keys()) expect(cosine(row(vectors, i), row(vectors, i))).toBeCloseTo(1, 5);
    });

    test("a text gets the same vector alone as among others", { timeout: 120_000 }, async () => {
      const texts = [0, 7].map((i) => golden.items[i]?.text ?? "");
      const together = await encode(["", ...texts, "x"]);
      for (const [i, text] of texts.entries()) {
        expect(cosine(await encode([text]), row(together, i + 1))).toBeGreaterThan(0.9999);
      }
    });

    test("tokens are counted as the reference has them, without [CLS] and [SEP]", () => {
      const counts = encoder.countTokens(golden.items.map(({ text }) => text));
      expect(counts).toEqual(golden.items.map(({ ids }) => ids.length - 2));
    });

    test("it was checked while it was loaded", () => {
      expect(encoder.device.parityCosine).toBeGreaterThanOrEqual(0.995);
      expect([...new Set(progress)].slice(-3)).toEqual(["convert", "compile", "check"]);
    });
  });
}

/** Every text, on the trained weights in float32 and on what ships. */
export const GOLDEN_CASES: readonly EncoderCase[] = [
  { weights: "trained", dtype: "fp32", leastCosine: 0.9999 },
  { weights: "shipped", dtype: "q8", leastCosine: 0.995 },
];
