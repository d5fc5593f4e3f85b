import { readRetryAfter } from "../../base/retry-after.ts";
import { SextantError } from "../../contract/index.ts";
import type { Expected, Part } from "./download-part.ts";

/** An attempt that ended before the file did; another one may succeed. */
export class Dropped extends Error {
  override readonly name = "Dropped";
  /** The least that the server wants waited. */
  readonly waitMs: number;

  constructor(message: string, waitMs = 0, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.waitMs = waitMs;
  }
}

interface Attempt {
  readonly url: string;
  readonly path: string;
  readonly expected: Expected;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly fetchFile?: typeof fetch | undefined;
  /** A connection that is silent for so long is given up. */
  readonly stallMs: number;
  /** Called with the bytes of each piece, and with what the server says of the whole file's size. */
  readonly onBytes: (bytes: number, hintBytes: number | null) => void;
}

/**
 * Asks once for what a part lacks, and adds it.
 *
 * `If-Range` is sent only where no digest guards the content: in a browser it costs a preflight, which the servers that
 * the hub redirects to do not all answer, while a plain `Range` goes without. Source: Fetch standard, "CORS-safelisted
 * request-header"; github.com/huggingface/datasets/issues/7931.
 *
 * Throws: `Dropped` where another attempt may succeed, `model/denied`, `model/not-found`, `model/corrupt`.
 */
export async function fetchOnce(part: Part, attempt: Attempt): Promise<void> {
  const { url, signal, fetchFile = fetch, onBytes } = attempt;
  const line = createLine(attempt.stallMs, signal);
  try {
    const response = await line.guard(
      fetchFile(url, { headers: headersFor(part, attempt), signal: line.signal }),
    );
    const from = part.sizeBytes;
    const range = contentRange(response);
    const etag = response.headers.get("ETag");

    if (response.status === 416 && from > 0) {
      await line.end(response);
      if (range?.totalBytes === from) return;
      await part.begin(null, null);
      throw new Dropped("the server has another file now");
    }
    if (!response.ok || response.body === null) {
      await line.end(response);
      throw refusal(attempt, response);
    }
    const goesOn = response.status === 206 && from > 0;
    if (goesOn && isOfAnother(part, range, etag)) {
      await line.end(response);
      await part.begin(null, null);
      throw new Dropped("the server has another file now");
    }
    if (!goesOn) await part.begin(etag, range?.totalBytes ?? null);

    const hintBytes = lengthHint(response, goesOn ? from : 0);
    const reader = response.body.getReader();
    for (;;) {
      const step = await line.guard(reader.read());
      if (step.done) break;
      await part.take(step.value);
      onBytes(step.value.length, hintBytes);
    }
    const totalBytes = part.totalBytes ?? range?.totalBytes ?? null;
    if (totalBytes !== null && part.sizeBytes < totalBytes)
      throw new Dropped(`the connection ended after ${part.sizeBytes} of ${totalBytes} bytes`);
  } finally {
    line.close();
  }
}

type Range = ReturnType<typeof contentRange>;

/** Whether what comes cannot be the rest of what is there; what the server does not let be seen tells nothing. */
function isOfAnother(part: Part, range: Range, etag: string | null): boolean {
  const differ = (a: unknown, b: unknown): boolean => a !== null && b !== null && a !== b;
  if (differ(etag, part.etag)) return true;
  return range !== null && (range.start !== part.sizeBytes || differ(range.totalBytes, part.totalBytes));
}

function headersFor(part: Part, { headers, expected }: Attempt): Record<string, string> {
  const all: Record<string, string> = { ...headers };
  if (part.sizeBytes === 0) return all;
  all["Range"] = `bytes=${part.sizeBytes}-`;
  const { etag } = part;
  if (expected.sha256 === null && etag !== null && !etag.startsWith("W/")) all["If-Range"] = etag;
  return all;
}

/** Watches one connection: what fails on it is a drop, and so is silence. */
function createLine(stallMs: number, signal: AbortSignal | undefined) {
  const stalled = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const any = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal;
  return {
    signal: any,
    async guard<T>(step: Promise<T>): Promise<T> {
      timer = setTimeout(() => stalled.abort(), stallMs);
      try {
        return await step;
      } catch (error) {
        signal?.throwIfAborted();
        const why = stalled.signal.aborted
          ? `nothing came for ${Math.round(stallMs / 1000)} seconds`
          : "the server cannot be reached, or the connection broke off";
        throw new Dropped(why, 0, error);
      } finally {
        clearTimeout(timer);
      }
    },
    /** Lets go of a response whose body nobody wants. */
    end: (response: Response) => response.body?.cancel().catch(() => undefined),
    close: () => {
      clearTimeout(timer);
      stalled.abort();
    },
  };
}

function refusal({ url, path }: Attempt, response: Response): Error {
  const { status } = response;
  const details = { path, url, status };
  if (status === 401 || status === 403)
    return new SextantError(
      "model/denied",
      `The server refuses ${path} (${status}). If the model asks for its terms to be accepted, accept them on its page, then give a token that may read it.`,
      details,
    );
  if (status >= 500 || status === 408 || status === 425 || status === 429)
    return new Dropped(`the server answers ${status}`, readRetryAfter(response));
  return new SextantError(
    "model/not-found",
    `There is no ${path} where it was looked for: the server answers ${status}. Check the model's name and revision.`,
    details,
  );
}

/** Where the sent bytes begin and how large the whole file is; null where the server does not let it be seen. */
function contentRange({ headers }: Response): { start: number | null; totalBytes: number | null } | null {
  const found = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers.get("Content-Range") ?? "");
  if (!found) return null;
  const [, start, total] = found;
  return {
    start: start === undefined ? null : Number(start),
    totalBytes: total === undefined || total === "*" ? null : Number(total),
  };
}

/** For the progress only: a compressed answer's length is not the file's, and servers get it wrong. */
function lengthHint({ headers }: Response, from: number): number | null {
  const length = Number(headers.get("Content-Length") ?? Number.NaN);
  return Number.isFinite(length) && headers.get("Content-Encoding") === null ? from + length : null;
}
