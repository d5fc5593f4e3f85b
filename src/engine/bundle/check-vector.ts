import { fromHalf } from "../../base/half.ts";
import type { Policy, Storage } from "../../contract/index.ts";
import { instructionOf, keyTextOf } from "../../tasks/index.ts";
import type { EncoderHost } from "../encoder-host.ts";
import { limitFor } from "../limit.ts";
import { vectorKey } from "../vector-key.ts";
import type { VectorCheck } from "./import-vectors.ts";

/** Two devices differ less for one stored precision; vectors of another model or task differ more. */
const LEAST_COSINE = 0.99;

/** Embeds one passage anew and compares. */
export function createVectorCheck(storage: Storage, host: EncoderHost): VectorCheck {
  return async ({ modelKey, task, passageId, vector }) => {
    const { info } = (await host.current()).encoder;
    const policy = (["use", "paper"] as const).find((one: Policy) => vectorKey(info, one) === modelKey);
    if (policy === undefined) return `The vectors are of ${modelKey}, and the open model is ${info.key}.`;
    const [passage] = await storage.readPassages({ ids: [passageId] });
    if (!passage) return "The passage of the first vector is gone.";
    const text = instructionOf(info.prefixes, task, "key") + keyTextOf(task, passage);
    const limitTokens = limitFor(info, policy, "key");
    const { vectors } = await host.encode([text], { limitTokens, urgency: "now" });
    const cosine = cosineOf(vectors, fromHalf(vector));
    return cosine >= LEAST_COSINE
      ? null
      : `The vectors name ${modelKey}, but its first one is not what this model gives (cosine ${cosine.toFixed(3)}).`;
  };
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0;
    product += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return a.length === b.length ? product / Math.sqrt(squaresA * squaresB) : 0;
}
