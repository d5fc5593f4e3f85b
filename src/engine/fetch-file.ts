import { SextantError, type InputFile } from "../contract/index.ts";

/** The largest answer that is read; the importers' own limits are below it. */
const MAX_BYTES = 100 * 2 ** 20;

/** What a server calls a form, and the extension under which the importers know it. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  "text/html": ".html",
  "application/xhtml+xml": ".html",
  "text/markdown": ".md",
  "text/csv": ".csv",
  "text/tab-separated-values": ".tsv",
  "application/json": ".json",
  "application/x-ndjson": ".jsonl",
  "application/yaml": ".yaml",
  "application/pdf": ".pdf",
  "application/epub+zip": ".epub",
  "application/zip": ".zip",
  "text/plain": ".txt",
};

export interface FetchFileOptions {
  readonly signal: AbortSignal;
  readonly onBytes?: (doneBytes: number) => void;
}

/**
 * Fetches one file that the person named, without cookies and without saying where from.
 *
 * Throws: `engine/invalid-input` for what is no web address, `ingest/unreachable`, `ingest/too-large`; the signal's
 * reason.
 */
export async function fetchFile(address: string, { signal, onBytes }: FetchFileOptions): Promise<InputFile> {
  const url = parseAddress(address);
  const response = await fetch(url, { signal, credentials: "omit", referrerPolicy: "no-referrer" }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      throw unreachable(
        url,
        "the server did not answer, or does not allow pages of other origins to read it (CORS)",
        error,
      );
    },
  );
  if (!response.ok) throw unreachable(url, `the server answered ${response.status}`);
  const name = nameOf(
    response.url === "" ? url : new URL(response.url),
    response.headers.get("Content-Type"),
  );
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = (response.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      sizeBytes += value.length;
      if (sizeBytes > MAX_BYTES)
        throw new SextantError(
          "ingest/too-large",
          `${name} is larger than ${MAX_BYTES / 2 ** 20} MB. Download it, split it and add the parts.`,
          { url: url.href },
        );
      pieces.push(value);
      onBytes?.(sizeBytes);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SextantError) throw error;
    throw unreachable(url, "the connection broke", error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  const content = new Uint8Array(sizeBytes);
  let at = 0;
  for (const piece of pieces) {
    content.set(piece, at);
    at += piece.length;
  }
  return { name, content };
}

function parseAddress(address: string): URL {
  const text = address.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new SextantError(
    "engine/invalid-input",
    "A web address begins with https:// or http://. Copy it from the address bar.",
    { address: text.slice(0, 200) },
  );
}

/** The last part of the path, with the extension that the server's word for the form stands for. */
function nameOf(url: URL, contentType: string | null): string {
  const last = url.pathname.split("/").findLast((part) => part !== "") ?? url.hostname;
  const name = decoded(last);
  const form = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const extension = EXTENSIONS[form] ?? "";
  const isKnown = /\.[a-z\d]{2,5}$/i.test(name) && name !== url.hostname;
  return isKnown && (form === "text/plain" || extension === "") ? name : withExtension(name, extension);
}

function withExtension(name: string, extension: string): string {
  return name.toLowerCase().endsWith(extension) ? name : `${name}${extension}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function unreachable(url: URL, why: string, cause?: unknown): SextantError {
  return new SextantError(
    "ingest/unreachable",
    `${url.href} could not be read: ${why}. Open it in a tab of its own, save it, and drop the file here.`,
    { url: url.href },
    cause,
  );
}
