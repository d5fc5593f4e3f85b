import { cutOff } from "./endpoint-faults.ts";
import type { Silence } from "./silence.ts";

/** A whole answer that is longer is cut off: no list of models and no completion has as much. */
const BODY_UTF16 = 8_000_000;

/**
 * What comes of an answer, as text. Whoever stops reading early ends the request.
 *
 * Throws: `answer/cut-off` when the connection breaks or falls silent; the caller's reason.
 */
export async function* piecesOf(response: Response, silence: Silence): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      silence.heard();
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    silence.throwIfOver();
    throw cutOff("The connection broke in the middle of the answer.", error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export async function readText(response: Response, silence: Silence): Promise<string> {
  let text = "";
  for await (const piece of piecesOf(response, silence)) {
    text += piece;
    if (text.length > BODY_UTF16) throw cutOff("The answer did not come to an end.");
  }
  return text;
}
