import type { ModelInfo, Policy, Side } from "../contract/index.ts";
import { limitTokens } from "../tasks/index.ts";

/** The most tokens of a text: the policy's limit, or the model's where that is lower. */
export function limitFor({ maxTokens }: Pick<ModelInfo, "maxTokens">, policy: Policy, side: Side): number {
  return Math.min(maxTokens, limitTokens(policy, side));
}
