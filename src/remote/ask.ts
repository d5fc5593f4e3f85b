import { pause } from "../base/pause.ts";
import { readRetryAfter } from "../base/retry-after.ts";
import type { SextantError } from "../contract/index.ts";
import { cutOff, noChroma, refusal, unreachable } from "./faults.ts";

/** How long a server is waited for, and how often it is asked again. */
export interface Patience {
  /** Requests in all; 1 asks once. */
  readonly attempts: number;
  /** Before the second; it doubles from one to the next. */
  readonly firstMs: number;
  readonly mostMs: number;
  /** An answer that has not come to its end by then is given up. */
  readonly answerMs: number;
}

/** For one who waits in front of it. */
export const HURRIED: Patience = { attempts: 2, firstMs: 250, mostMs: 2_000, answerMs: 30_000 };

/** For work that goes on by itself: some minutes of a server that restarts are waited out. */
export const PATIENT: Patience = { attempts: 8, firstMs: 500, mostMs: 30_000, answerMs: 120_000 };

/** A server that asks for a longer pause is not waited for. */
const MOST_RETRY_AFTER_MS = 120_000;

export interface AskOptions {
  readonly patience: Patience;
  readonly signal?: AbortSignal | undefined;
  /** Told of every pause before asking again. */
  readonly onPause?: ((pauseMs: number, why: SextantError) => void) | undefined;
}

/**
 * Makes the `fetch` that the client asks with. Every request may be sent twice without harm: what is written is named by
 * its content. Failures come as `SextantError`, after as many attempts as patience allows.
 */
export function createAsk({
  patience,
  signal,
  onPause,
}: AskOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      const { answer, failure, retryAfterMs } = await askOnce(request.clone(), url, { patience, signal });
      if (answer) return answer;
      const isLast = attempt >= patience.attempts;
      if (isLast || !isPassing(failure) || (retryAfterMs ?? 0) > MOST_RETRY_AFTER_MS) throw failure;
      const pauseMs = retryAfterMs ?? Math.min(patience.mostMs, patience.firstMs * 2 ** (attempt - 1));
      onPause?.(pauseMs, failure);
      await pause(pauseMs, signal);
    }
  };
}

type Asked =
  | { readonly answer: Response; readonly failure?: never; readonly retryAfterMs?: never }
  | { readonly answer?: never; readonly failure: SextantError; readonly retryAfterMs?: number | undefined };

async function askOnce(
  request: Request,
  url: URL,
  { patience, signal }: Pick<AskOptions, "patience" | "signal">,
): Promise<Asked> {
  const late = AbortSignal.timeout(patience.answerMs);
  const both = signal ? AbortSignal.any([signal, late]) : late;
  let response: Response | null = null;
  try {
    response = await fetch(request, { signal: both });
    const body = await response.text();
    const { status } = response;
    if (!response.ok)
      return {
        failure: refusal(status, body, url),
        retryAfterMs: readRetryAfter(response),
      };
    if (status !== 204 && !isJson(body)) return { failure: noChroma(url, "what came is no JSON") };
    return { answer: new Response(status === 204 ? null : body, { status, headers: JSON_HEADERS }) };
  } catch (error) {
    signal?.throwIfAborted();
    if (late.aborted)
      return { failure: cutOff(url, `did not answer within ${patience.answerMs / 1000} s`, error) };
    return {
      failure: response
        ? cutOff(url, "broke off in the middle of an answer", error)
        : unreachable(url, error),
    };
  }
}

const JSON_HEADERS = { "Content-Type": "application/json" };

/** What may be over soon. */
function isPassing({ code }: SextantError): boolean {
  return code === "remote/unreachable" || code === "remote/busy" || code === "remote/cut-off";
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return body === "";
  }
}
