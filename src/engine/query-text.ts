import type { QueryText, SearchRequest } from "../contract/index.ts";
import { instructionOf, queryTextOf } from "../tasks/index.ts";
import { limitFor } from "./limit.ts";
import type { EncoderPart } from "./parts.ts";

/** The text that is embedded of a query, cut to what the policy and the model allow. */
export function queryTextFor(
  encoder: EncoderPart,
  { query, policy, instruction: put }: Pick<SearchRequest, "query" | "policy" | "instruction">,
): QueryText {
  const limit = limitFor(encoder.info, policy, "query");
  const countTokens = (text: string): number => encoder.countTokens([text])[0] ?? 0;
  const instruction = put === "none" ? "" : instructionOf(encoder.info.prefixes, put ?? query.task, "query");
  const draft = queryTextOf(query, { policy, limitTokens: limit, instruction, countTokens });
  const wanted = countTokens(instruction + draft.text) + 2;
  return {
    ...draft,
    instruction,
    lengthTokens: Math.min(wanted, limit),
    limitTokens: limit,
    truncated: wanted > limit,
  };
}
