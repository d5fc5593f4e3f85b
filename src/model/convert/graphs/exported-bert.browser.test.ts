import { env, pipeline } from "@xenova/transformers";
import mjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import { beforeAll, expect, test } from "vitest";
import { DTYPES } from "../../../contract/index.ts";
import { openEncoder } from "../../embed/open-encoder.ts";
import { createHttpFiles } from "../../source/http-files.ts";
import { convertMini } from "../testing/convert-mini.ts";

const surroundings = { shipped: createHttpFiles("/models/mini/"), golden: createHttpFiles("/tools/golden/") };

const TEXTS = [
  "Represent this query for retrieving relevant documents: how deep is the harbour",
  "ferry",
  "Two clocks hang in the harbour master's office, one for the ferry and one for the tide. ".repeat(8),
];

beforeAll(() => {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.useCustomCache = true;
  Object.assign(env.backends.onnx.wasm ?? {}, { numThreads: 1, wasmPaths: { mjs, wasm } });
});

test.each(DTYPES)(
  "%s: plain transformers.js runs the file, in one batch of mixed lengths, and gives our vectors",
  { timeout: 60_000 },
  async (dtype) => {
    const { manifest, files } = await convertMini(surroundings, dtype);
    env.customCache = {
      match: async (request: string) => {
        const path = request.split(`/mini-${dtype}/`)[1];
        const bytes = path === undefined ? null : await files.read(path).catch(() => null);
        return bytes === null ? undefined : new Response(bytes);
      },
      put: () => Promise.resolve(),
    };
    const extract = await pipeline("feature-extraction", `mini-${dtype}`, { dtype, device: "wasm" });
    const theirs = (await extract(TEXTS, { pooling: "mean", normalize: true })).tolist() as number[][];
    const { model, tokenizer } = extract;
    const output = (await model(tokenizer(TEXTS, { padding: true, truncation: true }))) as {
      readonly sentence_embedding: { tolist(): number[][] };
    };
    const inside = output.sentence_embedding.tolist();
    await extract.dispose();

    const encoder = await openEncoder({ manifest, files, dtype, gpu: null });
    const { vectors } = await encoder.encode(TEXTS, { limitTokens: 512, urgency: "now" });
    await encoder.close();
    for (const [i, vector] of theirs.entries()) {
      const ours = vectors.subarray(i * manifest.dim, (i + 1) * manifest.dim);
      const cosine = (other: readonly number[]) =>
        other.reduce((sum, value, k) => sum + value * (ours[k] ?? Number.NaN), 0);
      expect(cosine(vector)).toBeGreaterThan(0.99999);
      expect(cosine(inside[i] ?? [])).toBeGreaterThan(0.99999);
    }
  },
);
