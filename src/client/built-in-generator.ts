import {
  SextantError,
  type ChatMessage,
  type DeviceGenerator,
  type Generated,
  type GeneratorState,
} from "../contract/index.ts";

/** What a browser gives a page of its language model. Source: webmachinelearning.github.io/prompt-api, "The API". */
export interface BuiltInSession {
  promptStreaming(
    input: readonly ChatMessage[] | string,
    options?: { readonly signal?: AbortSignal },
  ): ReadableStream<string>;
  measureContextUsage?(input: readonly ChatMessage[] | string): Promise<number>;
  readonly contextWindow?: number;
  destroy(): void;
}

export interface BuiltInLanguageModel {
  availability(): Promise<"unavailable" | "downloadable" | "downloading" | "available">;
  create(options?: {
    readonly initialPrompts?: readonly ChatMessage[];
    readonly signal?: AbortSignal;
    readonly monitor?: (monitor: EventTarget) => void;
  }): Promise<BuiltInSession>;
}

const STATES: Readonly<Record<string, GeneratorState>> = {
  available: "ready",
  downloadable: "downloadable",
  downloading: "downloading",
};

/** Speaks to the browser's own language model: a session a question. */
export function createBuiltInGenerator(model: BuiltInLanguageModel): DeviceGenerator {
  const open = async (messages: readonly ChatMessage[], signal?: AbortSignal) => {
    const earlier = messages.slice(0, -1);
    const last = messages.at(-1)?.content ?? "";
    const session = await model
      .create({ ...(earlier.length > 0 && { initialPrompts: earlier }), ...(signal && { signal }) })
      .catch((error: unknown) => {
        signal?.throwIfAborted();
        throw faultOf(error);
      });
    return { session, last };
  };

  return {
    state: async () => STATES[await model.availability()] ?? "absent",
    async fetch({ signal, onPart }) {
      const session = await model
        .create({
          ...(signal && { signal }),
          monitor: (monitor) =>
            monitor.addEventListener("downloadprogress", (event) => {
              if ("loaded" in event && typeof event.loaded === "number") onPart?.(event.loaded);
            }),
        })
        .catch((error: unknown) => {
          signal?.throwIfAborted();
          throw faultOf(error);
        });
      session.destroy();
    },
    async measure(messages) {
      const { session } = await open([]);
      try {
        // A system message counts as any other, but is taken at a session's beginning only.
        const said = messages.map(({ role, content }): ChatMessage =>
          role === "system" ? { role: "user", content } : { role, content },
        );
        const used = await session.measureContextUsage?.(said);
        return used === undefined || session.contextWindow === undefined
          ? null
          : { used, window: session.contextWindow };
      } finally {
        session.destroy();
      }
    },
    async generate(messages, { signal, onPart }): Promise<Generated> {
      const { session, last } = await open(messages, signal);
      let text = "";
      try {
        const reader = session.promptStreaming(last, signal && { signal }).getReader();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          text += value;
          onPart?.({ type: "text", text: value });
        }
      } catch (error) {
        signal?.throwIfAborted();
        throw text === "" ? faultOf(error) : brokenOff(error);
      } finally {
        session.destroy();
      }
      return { text, calls: [], finish: null, promptTokens: null, answerTokens: null };
    },
  };
}

/** Source: webmachinelearning.github.io/prompt-api, "QuotaExceededError", "NotAllowedError". */
function faultOf(error: unknown): SextantError {
  const name = error instanceof Error ? error.name : "";
  const said = error instanceof Error ? error.message : String(error);
  if (name === "QuotaExceededError")
    return new SextantError(
      "answer/refused",
      "The prompt is longer than the browser’s model can read. Take fewer passages into it.",
      { said },
      error,
    );
  if (name === "NotAllowedError")
    return new SextantError(
      "answer/denied",
      "The browser does not let this page use its model. Allow it in the site’s settings, or choose another way.",
      { said },
      error,
    );
  return new SextantError(
    "answer/unreachable",
    `The browser’s model did not start: ${said} Try again, or choose another way.`,
    { said },
    error,
  );
}

function brokenOff(error: unknown): SextantError {
  return new SextantError(
    "answer/cut-off",
    "The browser’s model stopped in the middle of the answer. What had come is kept; ask again for the rest.",
    {},
    error,
  );
}
