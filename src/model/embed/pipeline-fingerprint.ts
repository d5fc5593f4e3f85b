import { sha256 } from "../../base/hash.ts";
import type { ModelDescription } from "../../contract/index.ts";
import type { ModelManifest } from "../manifest.ts";

/** Names all that changes a vector of a graph that is used as it is published, but the weights, which the key itself names. */
export async function pipelineFingerprint(
  { config, tokenizer, tokenizerConfig }: Omit<ModelManifest["files"], "reference">,
  { pooling, similarity, prefixes }: Pick<ModelDescription, "pooling" | "similarity" | "prefixes">,
): Promise<string> {
  const files = [config, tokenizer, tokenizerConfig].map((file) => file.sha256);
  return sha256(JSON.stringify([...files, pooling, similarity, prefixes]));
}
