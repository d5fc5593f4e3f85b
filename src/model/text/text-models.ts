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

/** The language models of this device. One at a time is open, in a worker of its own; a stop ends that worker. */
export interface TextModels extends TextLibrary {
  /** Throws: `model/not-found`, `model/unsupported`, `model/too-large`, `answer/cut-off`; the signal's reason. */
  generate(id: string, messages: readonly ChatMessage[], options: GenerateTextOptions): Promise<Generated>;
  close(): void;
}

/** A small model that was given no limit repeats itself for long. */
const MAX_TOKENS = 1024;

interface Running {
  readonly id: string;
  readonly dtype: Dtype;
  /** null until the first question, and after a question that was stopped or failed. */
  worker: Worker | null;
  /** The one question at a time. */
  busy: Promise<unknown>;
  /** Rejects it; null between two. */
  cutOff: ((why: string) => void) | null;
}

export function createTextModels({ library, directory }: TextModelsOptions): TextModels {
  let running: Running | null = null;

  /** Nothing tells a worker's questions that it was ended. */
  function end(why: string): void {
    const ended = running;
    running = null;
    ended?.worker?.terminate();
    ended?.cutOff?.(why);
  }

  function start(id: string, dtype: Dtype): Running {
    if (running?.id === id) return running;
    end("another model was asked");
    running = { id, dtype, worker: null, busy: Promise.resolve(), cutOff: null };
    return running;
  }

  function openWorker({ id, dtype }: Running): Worker {
    const worker = new Worker(new URL("./text.worker.ts", import.meta.url), {
      type: "module",
      name: "sextant-text",
    });
    worker.postMessage({ type: "open", directory, folder: id, dtype } satisfies ToText);
    return worker;
  }

  function ask(
    run: Running,
    messages: readonly ChatMessage[],
    { maxTokens = MAX_TOKENS, signal, onPart }: GenerateTextOptions,
  ): Promise<Generated> {
    if (run !== running) return Promise.reject(cutOff("another model was asked"));
    const worker = (run.worker ??= openWorker(run));
    let text = "";
    return new Promise<Generated>((resolve, reject) => {
      const over = new AbortController();
      const listening = { signal: over.signal };
      const settle = (): void => {
        over.abort();
        run.cutOff = null;
      };
      const drop = (error: unknown): void => {
        settle();
        worker.terminate();
        run.worker = null;
        reject(error as Error);
      };
      const lost = (why: string): void => drop(cutOff(why));
      run.cutOff = lost;
      worker.addEventListener("error", ({ message }) => lost(message || "it could not start"), listening);
      worker.addEventListener("messageerror", () => lost("a message could not be read"), listening);
      worker.addEventListener(
        "message",
        ({ data }: MessageEvent<FromText>) => {
          if (data.type === "text") {
            text += data.text;
            onPart({ type: "text", text: data.text });
          } else if (data.type === "written") {
            settle();
            resolve({ text, calls: [], ...data.written });
          } else if (data.type === "failed") drop(new SextantError(data.code, data.message));
        },
        listening,
      );
      // On the CPU a worker hears nothing while it opens a model, reads a question and writes.
      signal.addEventListener("abort", () => drop(signal.reason), listening);
      worker.postMessage({ type: "write", messages, maxTokens } satisfies ToText);
    });
  }

  return {
    ...library,
    async remove(id) {
      if (running?.id === id) end("the model was removed");
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
    close: () => end("the engine was closed"),
  };
}

function cutOff(why: string): SextantError {
  return new SextantError("answer/cut-off", `The model’s worker is gone (${why}). Ask again.`);
}
