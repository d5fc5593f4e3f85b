import type { FinishReason, Generated, GeneratedPart, SextantError } from "../../contract/index.ts";
import { cutOff, unreadable } from "./endpoint-faults.ts";
import { readChunk } from "./read-chunk.ts";

/** Puts the events of one completion together. */
export interface Collector {
  /** What went wrong, or null. */
  take(data: string): SextantError | null;
  /** The server said that this is all. */
  readonly ended: boolean;
  /** It said why the model stopped, after which only counts may follow. */
  readonly finished: boolean;
  readonly lengthUtf16: number;
  result(): Generated;
}

const LAST_EVENT = "[DONE]";

export function createCollector(onPart: (part: GeneratedPart) => void = () => undefined): Collector {
  const calls = new Map<number, { name: string; arguments: string }>();
  let text = "";
  let lengthUtf16 = 0;
  let ended = false;
  let finish: FinishReason | null = null;
  let promptTokens: number | null = null;
  let answerTokens: number | null = null;

  return {
    get ended() {
      return ended;
    },
    get finished() {
      return ended || finish !== null;
    },
    get lengthUtf16() {
      return lengthUtf16;
    },
    take(data) {
      if (data.trim() === LAST_EVENT) {
        ended = true;
        return null;
      }
      const chunk = readChunk(data);
      if (chunk === null) return unreadable("What came is no answer of a language model.", data);
      if (chunk.error !== null) return cutOff(`The server gave up: ${chunk.error}`);
      for (const part of chunk.parts) {
        lengthUtf16 += part.text.length;
        if (part.type === "text") text += part.text;
        onPart(part);
      }
      for (const fragment of chunk.calls) {
        const call = calls.get(fragment.index) ?? { name: "", arguments: "" };
        call.name += fragment.name;
        call.arguments += fragment.arguments;
        lengthUtf16 += fragment.arguments.length;
        calls.set(fragment.index, call);
      }
      finish = chunk.finish ?? finish;
      promptTokens = chunk.promptTokens ?? promptTokens;
      answerTokens = chunk.answerTokens ?? answerTokens;
      return null;
    },
    result: () => ({ text, calls: [...calls.values()], finish, promptTokens, answerTokens }),
  };
}
