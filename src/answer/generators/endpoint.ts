import { createParser } from "eventsource-parser";
import { SextantError, type ChatMessage, type Generated } from "../../contract/index.ts";
import { createCollector, type Collector } from "./collect.ts";
import { refusal, unreachable, unreadable, cutOff } from "./endpoint-faults.ts";
import type { GenerateOptions, Generator } from "./generator.ts";
import { piecesOf, readText } from "./read-body.ts";
import { isFields, parse } from "./read-chunk.ts";
import { readLikelihoods } from "./read-likelihoods.ts";
import { createSilence, type Silence } from "./silence.ts";

export interface EndpointOptions {
  /** Up to and with `/v1`. */
  readonly url: string;
  /** Sent as a bearer token; kept by the caller, in memory only. */
  readonly key?: string | undefined;
  /** A server that says nothing for so long is cut off. A large model may need minutes to read a long prompt. */
  readonly silenceMs?: number | undefined;
  readonly fetchAnswer?: typeof fetch | undefined;
}

/** A server that speaks OpenAI's protocol: Ollama, llama.cpp, LM Studio, vLLM and others. */
export interface Endpoint {
  /** Names of what it can run, in its order. Throws: as `Generator.generate`. */
  models(signal?: AbortSignal): Promise<string[]>;
  generator(model: string): Generator;
  /**
   * Log-likelihoods of the tokens of `wanted` after `before`, from the server's own completion of both. null where it
   * does not repeat the prompt or tells no likelihoods, as most servers for one person do not.
   * Throws: as `Generator.generate`.
   */
  likelihoods(
    model: string,
    text: { readonly before: string; readonly wanted: string },
    signal?: AbortSignal,
  ): Promise<readonly number[] | null>;
}

const SILENCE_MS = 300_000;

/** One event that is longer is no completion. */
const EVENT_UTF16 = 4_000_000;

/** An answer that is longer is cut off: a server that never ends must not fill the memory. */
const ANSWER_UTF16 = 2_000_000;

export function createEndpoint(options: EndpointOptions): Endpoint {
  const { key = "", silenceMs = SILENCE_MS, fetchAnswer = fetch } = options;
  const base = parseUrl(options.url);

  async function ask<T>(
    path: string,
    init: RequestInit & { readonly model: string | null },
    read: (response: Response, silence: Silence) => Promise<T>,
  ): Promise<T> {
    const { model, signal, ...request } = init;
    const url = new URL(path, base);
    const silence = createSilence(silenceMs, signal ?? undefined);
    const headers = new Headers(request.headers);
    if (key !== "") headers.set("Authorization", `Bearer ${key}`);
    try {
      const asked = fetchAnswer(url, {
        ...request,
        headers,
        signal: silence.signal,
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
      });
      const response = await asked.catch((error: unknown) => {
        silence.throwIfOver();
        throw unreachable(url, error);
      });
      if (!response.ok) throw refusal(response, await readText(response, silence), model);
      return await read(response, silence);
    } finally {
      silence.end();
    }
  }

  return {
    likelihoods: (model, { before, wanted }, signal) => {
      const body = { model, prompt: before + wanted, echo: true, logprobs: 1, max_tokens: 1, temperature: 0 };
      const init = { ...postOf(body), model, ...(signal && { signal }) };
      return ask("completions", init, async (response, silence) =>
        readLikelihoods(await readText(response, silence), { before, wanted }),
      );
    },
    models: (signal) =>
      ask("models", { model: null, ...(signal && { signal }) }, async (response, silence) => {
        const body = await readText(response, silence);
        const list = parse(body);
        const entries: unknown = isFields(list) ? list["data"] : undefined;
        if (!Array.isArray(entries)) throw unreadable("What came is no list of models.", body);
        return entries.flatMap((entry: unknown) =>
          isFields(entry) && typeof entry["id"] === "string" ? [entry["id"]] : [],
        );
      }),
    generator: (model) => ({
      name: `${model} at ${base.host}`,
      generate(messages, { signal, ...wanted } = {}) {
        const init = { ...postOf(bodyFor(model, messages, wanted)), model, ...(signal && { signal }) };
        return ask("chat/completions", init, (response, silence) => {
          const collector = createCollector(wanted.onPart);
          const isStream = response.headers.get("Content-Type")?.startsWith("text/event-stream") ?? false;
          return isStream
            ? readStream(response, collector, silence)
            : readWhole(response, collector, silence);
        });
      },
    }),
  };
}

function parseUrl(text: string): URL {
  const folder = text.endsWith("/") ? text : `${text}/`;
  const url = URL.canParse(folder) ? new URL(folder) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "")
    return url;
  throw new SextantError(
    "engine/invalid-input",
    "The address of the server must begin with http:// or https:// and hold no password.",
    { url: text },
  );
}

const postOf = (body: object) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

function bodyFor(
  model: string,
  messages: readonly ChatMessage[],
  { functions = [], maxTokens }: GenerateOptions,
) {
  return {
    model,
    messages,
    stream: true,
    stream_options: { include_usage: true },
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    ...(functions.length > 0 && { tools: functions.map((spec) => ({ type: "function", function: spec })) }),
  };
}

async function readStream(response: Response, collector: Collector, silence: Silence): Promise<Generated> {
  let failed: SextantError | null = null;
  const parser = createParser({
    maxBufferSize: EVENT_UTF16,
    onEvent({ data }) {
      if (failed === null && !collector.ended) failed = collector.take(data);
    },
    onError(error) {
      if (error.type === "max-buffer-size-exceeded")
        failed = unreadable("An event of the answer is too long.", "");
    },
  });
  for await (const text of piecesOf(response, silence)) {
    parser.feed(text);
    if (failed !== null) throw failed as SextantError;
    if (collector.ended) break;
    if (collector.lengthUtf16 > ANSWER_UTF16) throw cutOff("The answer did not come to an end.");
  }
  if (!collector.finished) throw cutOff("The server stopped in the middle of the answer.");
  return collector.result();
}

/** Some servers do not stream, whatever they are asked for. */
async function readWhole(response: Response, collector: Collector, silence: Silence): Promise<Generated> {
  const failed = collector.take(await readText(response, silence));
  if (failed !== null) throw failed;
  return collector.result();
}
