import { SextantError } from "../../contract/index.ts";
import type { ModelFiles, ReadOptions } from "./model-files.ts";

/** Reads a model's files below a URL, which ends in a slash. */
export function createHttpFiles(baseUrl: string, fetchFile: typeof fetch = fetch): ModelFiles {
  return {
    async read(path, { signal, onProgress }: ReadOptions = {}) {
      const url = baseUrl + path;
      let response: Response;
      try {
        response = await fetchFile(url, signal === undefined ? {} : { signal });
      } catch (error) {
        signal?.throwIfAborted();
        throw notFound(path, url, "the server cannot be reached", error);
      }
      if (!response.ok || response.body === null) {
        throw notFound(path, url, `the server answers ${response.status}`);
      }
      try {
        return await collect(response.body, onProgress);
      } catch (error) {
        signal?.throwIfAborted();
        throw notFound(path, url, "the connection broke off", error);
      }
    },
  };
}

async function collect(
  body: ReadableStream<Uint8Array>,
  onProgress: ReadOptions["onProgress"],
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    length += step.value.length;
    onProgress?.(length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function notFound(path: string, url: string, why: string, cause?: unknown): SextantError {
  return new SextantError(
    "model/not-found",
    `The model's file ${path} cannot be loaded: ${why}. Check the connection and load again.`,
    { path, url },
    cause,
  );
}
