import { createTurns } from "../../base/turns.ts";
import {
  SextantError,
  type Device,
  type ModelCheck,
  type ModelChoice,
  type ModelEntry,
  type ModelInfo,
} from "../../contract/index.ts";
import type { EncoderPart, ModelPart } from "../parts.ts";

const DIM = 2048;
const FAKE: ModelChoice = { modelId: "fake", dtype: "fp32" };
/** The models that it has; BM25 stands for the one without vectors. */
const DIMS: Readonly<Record<string, number>> = { fake: DIM, other: DIM, bm25: 0 };

/** Nothing is learned unasked while a test runs: it would go on behind the next ones, and take their core. */
export const LATER = { quietMs: 1e6 } as const;

export interface FakeModel extends ModelPart {
  /** Texts that were embedded, in order. */
  readonly seen: string[];
  readonly opened: Device[];
  readonly closed: Device[];
  /** Opening on WebGPU waits for it. */
  gpuReady: Promise<void>;
  readonly warming: Device[];
  /** Warming on WebGPU waits for it. */
  gpuWarm: Promise<void>;
  /** What `probe` finds. */
  gpu: { readonly adapter: string; readonly software: boolean } | null;
  /** Its vectors fail the check on WebGPU. */
  wrongOnGpu: boolean;
  /** What the next batches on WebGPU fail with, one each. */
  readonly faults: SextantError[];
  /** Called before each batch: a test can wait, abort or throw here. */
  beforeBatch: (texts: readonly string[]) => Promise<void> | void;
}

/** A model for tests: a text's vector is the hashed bag of its words after the instruction; training is quick in few dimensions. */
export function createFakeModel({ dim = DIM } = {}): FakeModel {
  const fake: FakeModel = {
    seen: [],
    opened: [],
    closed: [],
    warming: [],
    gpuReady: Promise.resolve(),
    gpuWarm: Promise.resolve(),
    bundled: FAKE,
    gpu: null,
    wrongOnGpu: false,
    faults: [],
    beforeBatch: () => undefined,
    probe: () => Promise.resolve(fake.gpu),
    info: (choice) => Promise.resolve(DIMS[choice.modelId] ? infoOf(choice) : null),
    async open(choice, used) {
      fake.opened.push(used);
      await (used === "webgpu" ? fake.gpuReady : Promise.resolve());
      if (!(choice.modelId in DIMS))
        throw new SextantError("model/not-found", "This model is not on this device.");
      if (used === "webgpu" && fake.wrongOnGpu)
        throw new SextantError("gpu/wrong-vectors", "This device computes the model wrongly.");
      return openEncoder(choice, used);
    },
    list: () => Promise.resolve(Object.keys(DIMS).map(toEntry)),
    add: () => Promise.resolve(FAKE),
    remove: () => Promise.resolve(),
    hub: ({ endpoint = "https://huggingface.co", token = "" }) => ({ endpoint, hasToken: token !== "" }),
  };

  function infoOf({ modelId, dtype }: ModelChoice): ModelInfo {
    return {
      id: modelId,
      name: modelId,
      key: `${modelId}@1/${dtype}`,
      dim: DIMS[modelId] === 0 ? 0 : dim,
      maxTokens: 512,
      similarity: "cosine",
      prefixes: modelId === "other" ? { query: "q: ", key: "k: " } : "tasks",
      sizeBytes: 0,
      licence: "MIT",
      languages: ["en"],
    };
  }

  function openEncoder({ modelId, dtype }: ModelChoice, used: Device): EncoderPart {
    const turns = createTurns();
    let closed = false;
    return {
      info: infoOf({ modelId, dtype }),
      device: {
        used,
        dtype,
        arithmetic: "float32",
        adapter: used === "webgpu" ? "fake gpu" : null,
        threads: 1,
        parityCosine: 1,
        loadMs: 0,
      },
      gpuDevice: null,
      encode: (texts, { urgency, signal }) =>
        turns.take(
          urgency,
          async () => {
            await fake.beforeBatch(texts);
            if (closed) throw new SextantError("boundary/closed", "The model is closed.");
            const fault = used === "webgpu" ? fake.faults.shift() : undefined;
            if (fault) throw fault;
            fake.seen.push(...texts);
            const vectors = new Float32Array(texts.length * dim);
            texts.forEach((text, row) => vectors.set(bagOfWords(text, dim), row * dim));
            return { vectors, tokens: texts.reduce((sum, text) => sum + words(text).length, 0) };
          },
          signal,
        ),
      warm: () => {
        fake.warming.push(used);
        return used === "webgpu" ? fake.gpuWarm : Promise.resolve();
      },
      countTokens: (texts) => texts.map((text) => words(text).length),
      check: () => Promise.resolve(AGREES),
      close: () => {
        closed = true;
        fake.closed.push(used);
        return Promise.resolve();
      },
    };
  }
  return fake;
}

const AGREES: ModelCheck = {
  texts: [{ lengthTokens: 16, cosine: 1 }],
  lowestCosine: 1,
  leastCosine: 0.9999,
  published: null,
};

function toEntry(id: string): ModelEntry {
  return {
    id,
    name: id,
    about: "A model for tests.",
    repository: null,
    revision: null,
    architecture: DIMS[id] === 0 ? "none" : "bert",
    dim: DIMS[id] ?? 0,
    maxTokens: 512,
    pooling: "mean",
    similarity: "cosine",
    prefixes: "tasks",
    languages: ["en"],
    licence: "MIT",
    unknown: [],
    bundled: id === "fake",
    downloadBytes: null,
    memoryBytes: null,
    obstacle: null,
    variants: [],
    original: null,
  };
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

function bagOfWords(text: string, dim: number): Float32Array {
  const vector = new Float32Array(dim);
  for (const word of words(text.slice(text.indexOf(": ") + 2))) {
    let hash = 7;
    for (const char of word) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
    const at = hash % dim;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
