import type { FinishReason, GeneratedPart } from "../../contract/index.ts";

/** A fragment of a call; fragments of one `index` are joined in the order in which they come. */
export interface CallFragment {
  readonly index: number;
  readonly name: string;
  readonly arguments: string;
}

/** What one event of a streamed completion says. */
export interface Chunk {
  readonly parts: readonly GeneratedPart[];
  readonly calls: readonly CallFragment[];
  readonly finish: FinishReason | null;
  readonly promptTokens: number | null;
  readonly answerTokens: number | null;
  /** A server that fails after it began to answer says so in the stream. */
  readonly error: string | null;
}

const FINISH: Readonly<Record<string, FinishReason>> = {
  stop: "stop",
  length: "length",
  tool_calls: "function-call",
  function_call: "function-call",
  content_filter: "filter",
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one event, streamed or whole; null when it is no completion.
 *
 * Fields that are missing or of another type count as absent: servers differ in what they leave out.
 * Source: OpenAI API reference, "Chat completion chunk"; `reasoning_content` is of DeepSeek, vLLM and llama.cpp,
 * `reasoning` of Ollama.
 */
export function readChunk(data: string): Chunk | null {
  const event = parse(data);
  if (!isFields(event)) return null;
  const error = errorIn(event);
  const choices = event["choices"];
  if (error === null && !Array.isArray(choices)) return null;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const fields = isFields(choice) ? choice : {};
  const said = fieldsOf(fields, "delta") ?? fieldsOf(fields, "message") ?? {};
  const usage = fieldsOf(event, "usage") ?? {};
  const thought = textOf(said, "reasoning_content") || textOf(said, "reasoning");
  const text = textOf(said, "content");
  return {
    parts: [
      ...(thought === "" ? [] : [{ type: "thought", text: thought } as const]),
      ...(text === "" ? [] : [{ type: "text", text } as const]),
    ],
    calls: callsIn(said["tool_calls"]),
    finish: FINISH[textOf(fields, "finish_reason")] ?? null,
    promptTokens: countOf(usage, "prompt_tokens"),
    answerTokens: countOf(usage, "completion_tokens"),
    error,
  };
}

/** The message of an error in the form that OpenAI gave it, or in the plainer forms of others; null without one. */
export function errorIn(body: unknown): string | null {
  if (!isFields(body)) return null;
  const { error } = body;
  if (typeof error === "string") return error;
  if (isFields(error)) return textOf(error, "message") || "no reason given";
  return textOf(body, "object") === "error" ? textOf(body, "message") : null;
}

export function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function callsIn(value: unknown): CallFragment[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isFields).map((call: Fields, place) => {
    const called = fieldsOf(call, "function") ?? {};
    const index = countOf(call, "index") ?? place;
    return { index, name: textOf(called, "name"), arguments: textOf(called, "arguments") };
  });
}

function fieldsOf(fields: Fields, name: string): Fields | null {
  const value = fields[name];
  return isFields(value) ? value : null;
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

function countOf(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;
}
