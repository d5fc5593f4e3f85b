import { createTurns } from "../../base/turns.ts";
import { SextantError, type Device } from "../../contract/index.ts";
import type { EncoderPart, ModelPart } from "../parts.ts";

const DIM = 2048;

export interface FakeModel extends ModelPart {
  /** Texts that were embedded, in order. */
  readonly seen: string[];
  readonly opened: Device[];
  /** What `probe` finds. */
  gpu: { readonly adapter: string; readonly software: boolean } | null;
  /** Its vectors fail the check on WebGPU. */
  wrongOnGpu: boolean;
  /** The next batch on WebGPU loses the device. */
  loseGpu: boolean;
  /** Called before each batch: a test can wait, abort or throw here. */
  beforeBatch: (texts: readonly string[]) => Promise<void> | void;
}

/** A model for tests: a text's vector is the hashed bag of its words after the instruction. */
export function createFakeModel(): FakeModel {
  const fake: FakeModel = {
    seen: [],
    opened: [],
    gpu: null,
    wrongOnGpu: false,
    loseGpu: false,
    beforeBatch: () => undefined,
    probe: () => Promise.resolve(fake.gpu),
    async open(used) {
      fake.opened.push(used);
      await Promise.resolve();
      if (used === "webgpu" && fake.wrongOnGpu)
        throw new SextantError("gpu/wrong-vectors", "This device computes the model wrongly.");
      return openEncoder(used);
    },
  };

  function openEncoder(used: Device): EncoderPart {
    const turns = createTurns();
    let closed = false;
    return {
      info: {
        id: "fake",
        name: "Fake",
        key: "fake@1",
        dim: DIM,
        maxTokens: 512,
        sizeBytes: 0,
        licence: "MIT",
        languages: [],
      },
      device: {
        used,
        dtype: "fp32",
        adapter: used === "webgpu" ? "fake gpu" : null,
        threads: 1,
        parityCosine: 1,
        loadMs: 0,
      },
      encode: (texts, { urgency, signal }) =>
        turns.take(
          urgency,
          async () => {
            await fake.beforeBatch(texts);
            if (closed) throw new SextantError("boundary/closed", "The model is closed.");
            if (used === "webgpu" && fake.loseGpu) {
              fake.loseGpu = false;
              throw new SextantError("gpu/lost", "The GPU was reset.");
            }
            fake.seen.push(...texts);
            const vectors = new Float32Array(texts.length * DIM);
            texts.forEach((text, row) => vectors.set(bagOfWords(text), row * DIM));
            return { vectors, tokens: texts.reduce((sum, text) => sum + words(text).length, 0) };
          },
          signal,
        ),
      countTokens: (texts) => texts.map((text) => words(text).length),
      close: () => {
        closed = true;
        return Promise.resolve();
      },
    };
  }
  return fake;
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

function bagOfWords(text: string): Float32Array {
  const vector = new Float32Array(DIM);
  for (const word of words(text.slice(text.indexOf(": ") + 2))) {
    let hash = 7;
    for (const char of word) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
    const at = hash % DIM;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
