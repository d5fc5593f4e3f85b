import { SextantError } from "../../contract/index.ts";
import { errorIn, parse } from "./read-chunk.ts";

/** How much of an answer that is no completion is shown. */
const SHOWN_UTF16 = 200;

/**
 * A request that never got an answer. A browser does not tell a page whether a server is down or forbids it to ask, so
 * the message names what to set for both.
 *
 * Source: docs.ollama.com/faq, "additional web origins"; LM Studio, Developer, "Enable CORS"; docs.vllm.ai,
 * `--allowed-origins`. llama.cpp's server allows every origin by itself.
 */
export function unreachable(url: URL, cause: unknown): SextantError {
  const origin = "location" in globalThis ? location.origin : "this program";
  return new SextantError(
    "answer/unreachable",
    `Nothing answered at ${url.origin}, or it does not let ${origin} ask. Check that the server runs, and that it allows ` +
      `this origin: Ollama OLLAMA_ORIGINS=${origin}, LM Studio “Enable CORS”, vLLM --allowed-origins '["${origin}"]'; ` +
      "a llama.cpp server allows every origin.",
    { url: url.href },
    cause,
  );
}

/** What a status that is no success means. The server's own words are quoted, as data. */
export function refusal({ status, headers }: Response, body: string, model: string | null): SextantError {
  const said = saidIn(body);
  const details = { status, said, model };
  const quoted = said === "" ? "" : ` It said: “${said}”`;
  if (status === 401 || status === 403)
    return new SextantError(
      "answer/denied",
      `The server wants another key (${status}).${quoted} Enter a key that it accepts.`,
      details,
    );
  if (status === 404)
    return new SextantError(
      "answer/no-model",
      `The server knows no ${model === null ? "list of models" : `model “${model}”`} there (404).${quoted} Check the address, which usually ends in /v1, and choose a model that it has.`,
      details,
    );
  if (status === 429 || status === 503)
    return new SextantError(
      "answer/busy",
      `The server takes no more questions at the moment (${status}).${quoted} Ask again later.`,
      { ...details, retryAfter: headers.get("Retry-After") },
    );
  return new SextantError(
    "answer/refused",
    `The server refused the question (${status}).${quoted} Change the prompt or its length, or look into the server's log.`,
    details,
  );
}

export function unreadable(what: string, body: string): SextantError {
  const said = saidIn(body);
  return new SextantError(
    "answer/unreadable",
    `${what} Check that the address is that of an OpenAI-compatible server; it usually ends in /v1.`,
    { said },
  );
}

export function cutOff(why: string, cause?: unknown): SextantError {
  return new SextantError(
    "answer/cut-off",
    `${why} What had come is kept; ask again for the rest.`,
    {},
    cause,
  );
}

function saidIn(body: string): string {
  const text = errorIn(parse(body)) ?? body;
  return text.replace(/\s+/g, " ").trim().slice(0, SHOWN_UTF16);
}
