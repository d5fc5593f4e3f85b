import { isFields, parse } from "./read-chunk.ts";

/**
 * Log-likelihoods of the tokens that lie in `wanted`, from a completion that repeats its prompt (`echo`, `logprobs`).
 * null where it is none: another text, no likelihoods, or places that do not fit the text.
 *
 * Source: OpenAI's completions protocol: `text_offset` counts characters, the first token has no likelihood.
 */
export function readLikelihoods(
  body: string,
  { before, wanted }: { readonly before: string; readonly wanted: string },
): readonly number[] | null {
  const choices = fieldOf(parse(body), "choices");
  const choice: unknown = Array.isArray(choices) ? choices[0] : null;
  const text = fieldOf(choice, "text");
  const logprobs = fieldOf(choice, "logprobs");
  const offsets = fieldOf(logprobs, "text_offset");
  const values = fieldOf(logprobs, "token_logprobs");
  if (typeof text !== "string" || !text.startsWith(before + wanted)) return null;
  if (!Array.isArray(offsets) || !Array.isArray(values) || offsets.length !== values.length) return null;
  const start = lengthOf(before);
  const end = start + lengthOf(wanted);
  const own = values.filter((_, i) => {
    const offset: unknown = offsets[i];
    return typeof offset === "number" && offset >= start && offset < end;
  });
  const isWhole = own.every((value): value is number => typeof value === "number" && Number.isFinite(value));
  return own.length > 0 && isWhole ? own : null;
}

/** Characters as the protocol counts them: of Unicode, not of UTF-16. */
const lengthOf = (text: string): number => Array.from(text).length;

const fieldOf = (value: unknown, name: string): unknown => (isFields(value) ? value[name] : undefined);
