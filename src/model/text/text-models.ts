import {
  SextantError,
  type ChatMessage,
  type Dtype,
  type Generated,
  type GeneratedPart,
} from "../../contract/index.ts";
import type { FromText, ToText } from "./text-protocol.ts";
import type { TextLibrary } from "./text-library.ts";

export interface TextModelsOptions {
  readonly library: TextLibrary;
  /** Directory of the library's store, which the worker reads by itself. */
  readonly directory: string;
}

export interface GenerateTextOptions {
  readonly maxTokens?: number | undefined;
  readonly signal: AbortSignal;
  readonly onPart: (part: GeneratedPart) => void;
}

/** The language models of this device. One at a time is open, in a worker of its own. */
export interface TextModels extends TextLibrary {
  /** Throws: `model/not-found`, `model/unsupported`, `model/too-large`, `answer/cut-off`; the signal's reason. */
  generate(id: string, messages: readonly ChatMessage[], options: GenerateTextOptions): Promise<Generated>;
  close(): void;
}

/** A small model that was given no limit repeats itself for long. */
const MAX_TOKENS = 1024;

interface Running {
  readonly id: string;
  readonly worker: Worker;
  /** The one question at a time. */
  busy: Promise<unknown>;
}

export function createTextModels({ library, directory }: TextModelsOptions): TextModels {
  let running: Running | null = null;

  const end = (): void => {
    running?.worker.terminate();
    running = null;
  };

  function start(id: string, dtype: Dtype): Running {
    if (running?.id === id) return running;
    end();
    const worker = new Worker(new URL("./text.worker.ts", import.meta.url), {
      type: "module",
      name: "sextant-text",
    });
    const opening: ToText = { type: "open", directory, folder: id, dtype };
    worker.postMessage(opening);
    running = { id, worker, busy: Promise.resolve() };
    return running;
  }

  function ask(
    { worker }: Running,
    messages: readonly ChatMessage[],
    { maxTokens = MAX_TOKENS, signal, onPart }: GenerateTextOptions,
  ): Promise<Generated> {
    let text = "";
    return new Promise<Generated>((resolve, reject) => {
      const over = new AbortController();
      const listening = { signal: over.signal };
      const fail = (error: unknown, isGone: boolean): void => {
        over.abort();
        if (isGone) end();
        reject(error as Error);
      };
      const lost = (why: string): void =>
        fail(new SextantError("answer/cut-off", `The model’s worker is gone (${why}). Ask again.`), true);
      worker.addEventListener("error", ({ message }) => lost(message || "it could not start"), listening);
      worker.addEventListener("messageerror", () => lost("a message could not be read"), listening);
      worker.addEventListener(
        "message",
        ({ data }: MessageEvent<FromText>) => {
          if (data.type === "text") {
            text += data.text;
            onPart({ type: "text", text: data.text });
          } else if (data.type === "written") {
            over.abort();
            resolve({ text, calls: [], ...data.written });
          } else if (data.type === "failed")
            fail(signal.aborted ? signal.reason : new SextantError(data.code, data.message), !signal.aborted);
        },
        listening,
      );
      const stop = (): void => worker.postMessage({ type: "stop" } satisfies ToText);
      signal.addEventListener("abort", stop, listening);
      worker.postMessage({ type: "write", messages, maxTokens } satisfies ToText);
    });
  }

  return {
    ...library,
    async remove(id) {
      if (running?.id === id) end();
      await library.remove(id);
    },
    async generate(id, messages, options) {
      const entry = (await library.list()).find((one) => one.id === id);
      if (!entry)
        throw new SextantError(
          "model/not-found",
          "This language model is not on this device. Get it again.",
          {
            id,
          },
        );
      const run = start(id, entry.dtype);
      const asked = run.busy.then(() => {
        options.signal.throwIfAborted();
        return ask(run, messages, options);
      });
      run.busy = asked.catch(() => undefined);
      return asked;
    },
    close: end,
  };
}
