import { SextantError } from "../contract/index.ts";

/** How much of a server's own words is quoted. */
const SHOWN_UTF16 = 200;

/** What Node calls a certificate that it does not trust; a browser does not say. */
const CERTIFICATE = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY|ISSUER/;

/** Chroma 1 says so with 400, of a tenant or a database. */
const MISSING = /\b(tenant|database|collection)\b.*\bdoes not exist/i;

/**
 * A request that never got an answer. A browser does not tell a page whether a server is down or forbids it to ask, so
 * the message names what to set for both.
 *
 * Source: docs.trychroma.com, "Running Chroma in client-server mode" (`cors_allow_origins` in the server's config file);
 * the variable CHROMA_SERVER_CORS_ALLOW_ORIGINS is that of versions before 1.0 and of the Docker image.
 */
export function unreachable(url: URL, cause: unknown): SextantError {
  const why = reasonOf(cause);
  if (CERTIFICATE.test(why))
    return new SextantError(
      "remote/unreachable",
      `The certificate of ${url.host} is not one that this machine trusts (${why}), so nothing was sent. Give the server a certificate of its name, or trust its issuer here.`,
      { url: url.origin, why },
      cause,
    );
  if (!("location" in globalThis))
    return new SextantError(
      "remote/unreachable",
      `Nothing answered at ${url.origin}${why === "" ? "" : ` (${why})`}. Check the address, and that the server runs: chroma run --path ./data.`,
      { url: url.origin, why },
      cause,
    );
  const { origin, protocol } = location;
  const insecure =
    protocol === "https:" && url.protocol === "http:"
      ? " A page that came by https may ask http only on this machine (localhost): put the server behind https."
      : "";
  return new SextantError(
    "remote/unreachable",
    `Nothing answered at ${url.origin}, or it does not let ${origin} ask. Check that the server runs and that its config file has cors_allow_origins: ["${origin}"] (before version 1.0: CHROMA_SERVER_CORS_ALLOW_ORIGINS='["${origin}"]').${insecure}`,
    { url: url.origin, why },
    cause,
  );
}

/** What an answer that is no success means. The server's own words are quoted, as data. */
export function refusal(status: number, body: string, url: URL): SextantError {
  const said = saidIn(body);
  const quoted = said === "" ? "" : ` It said: “${said}”`;
  const details = { status, said, url: url.origin };
  if (status === 401 || status === 403)
    return new SextantError(
      "remote/denied",
      `${url.host} wants another key (${status}).${quoted} Enter one that it accepts${"location" in globalThis ? "" : " (SEXTANT_CHROMA_KEY)"}, and the tenant and database that it is for; where a proxy asks for it, it must accept the header x-chroma-token.`,
      details,
    );
  if (status === 404 || (status === 400 && MISSING.test(said)))
    return new SextantError(
      "remote/not-found",
      `${url.host} has no such collection, tenant or database (${status}).${quoted} Check all three, or push the collection first.`,
      details,
    );
  if (status === 410 || status === 405)
    return new SextantError("remote/other-version", otherVersion(url, `it answered ${status}`), details);
  if (status === 429 || status === 503)
    return new SextantError(
      "remote/busy",
      `${url.host} takes no more at the moment (${status}).${quoted} Try again later: what has arrived is not sent again.`,
      details,
    );
  if (/expecting embedding with dimension|dimension/i.test(said) && status < 500)
    return new SextantError(
      "remote/other-model",
      `The collection at ${url.host} holds vectors of another length.${quoted} Choose another name for it there.`,
      details,
    );
  if (status >= 500)
    return new SextantError(
      "remote/cut-off",
      `${url.host} failed (${status}).${quoted} Look into its log and start again: what has arrived is not sent again.`,
      details,
    );
  return new SextantError(
    "remote/refused",
    `${url.host} refused what was sent (${status}).${quoted} Look into its log and its limits.`,
    details,
  );
}

export function noChroma(url: URL, what: string, cause?: unknown): SextantError {
  return new SextantError("remote/other-version", otherVersion(url, what), { url: url.origin }, cause);
}

export function cutOff(url: URL, why: string, cause?: unknown): SextantError {
  return new SextantError(
    "remote/cut-off",
    `${url.host} ${why}. Start again when it answers: what has arrived is not sent again.`,
    { url: url.origin },
    cause,
  );
}

function otherVersion(url: URL, what: string): string {
  return `${url.origin} does not speak Chroma's API of version 2 (${what}). Check the address and the port, and that the server is Chroma 1.0 or later.`;
}

/** The innermost name that the runtime gives a failed connection. */
function reasonOf(cause: unknown): string {
  let reason = "";
  for (let at = cause; at instanceof Error; at = at.cause)
    if ("code" in at && typeof at.code === "string") reason = at.code;
  return reason;
}

function saidIn(body: string): string {
  const text = messageIn(body) ?? body;
  return text.replace(/\s+/g, " ").trim().slice(0, SHOWN_UTF16);
}

/** Chroma's own words in its answer; null for a proxy's page. */
function messageIn(body: string): string | null {
  try {
    const { message, error } = JSON.parse(body) as { message?: unknown; error?: unknown };
    return [message, error].find((one): one is string => typeof one === "string" && one !== "") ?? null;
  } catch {
    return null;
  }
}
