import type { AdaptationStatus, EngineStatus } from "../../../contract/index.ts";

/** What a fake engine says of itself. */
export const FAKE_STATUS: EngineStatus = {
  model: {
    id: "mini",
    name: "Sextant mini",
    key: "mini@1:q8",
    dim: 384,
    maxTokens: 512,
    similarity: "cosine",
    prefixes: "tasks",
    sizeBytes: 9_437_184,
    licence: "MIT",
    languages: ["en"],
  },
  device: {
    asked: "auto",
    used: "wasm",
    reason: "This browser offers no WebGPU adapter.",
    dtype: "q8",
    arithmetic: "int8",
    adapter: null,
    threads: 2,
    parityCosine: 0.9987,
    loadMs: 412,
  },
  speed: { passagesPerSecond: 143.2, tokensPerSecond: 18_200 },
  storage: {
    durable: true,
    where: "OPFS",
    schema: 1,
    databaseBytes: 4_718_592,
    usageBytes: 16_200_000,
    quotaBytes: 62_000_000_000,
    persisted: false,
  },
  pending: [],
};

/** What it says of a collection that has taught nothing. */
export const UNLEARNED: Omit<AdaptationStatus, "collectionId" | "task"> = {
  choice: "auto",
  state: "none",
  progress: 0,
  report: null,
  inUse: "full",
  marks: 0,
  scored: 0,
  isStale: false,
  failure: null,
};
