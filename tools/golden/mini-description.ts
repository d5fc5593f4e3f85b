import type { ModelDescription } from "../../src/contract/index.ts";

/** What the bundled model says of itself. */
export const MINI_DESCRIPTION: ModelDescription = {
  id: "sextant-mini",
  name: "Sextant mini",
  repository: null,
  revision: null,
  architecture: "bert",
  dim: 256,
  maxTokens: 512,
  pooling: "mean",
  similarity: "cosine",
  prefixes: "tasks",
  languages: ["en"],
  licence: "MIT; training data under the terms named in the model card",
  unknown: [],
};
