import { cosine } from "../../base/cosine.ts";
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
    const near = vectors.length === vector.length ? cosine(vectors, 0, fromHalf(vector)) : 0;
    return near >= LEAST_COSINE
      ? null
      : `The vectors name ${modelKey}, but its first one is not what this model gives (cosine ${near.toFixed(3)}).`;
  };
}
