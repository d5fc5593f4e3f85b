import type { ChromaClient } from "chromadb";
import { SextantError, toSextantError, type RemoteAccess } from "../contract/index.ts";
import { normalServer } from "./address.ts";
import { createAsk, type AskOptions } from "./ask.ts";

/** Asks a server through Chroma's own client, which is loaded with the first question. */
export interface Session {
  readonly url: URL;
  /** Runs `work` with a client of its own. Throws: `remote/*`, the signal's reason. */
  ask<T>(work: (client: ChromaClient) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Throws: `remote/not-found` where there is no such tenant or database: of those a server just lists nothing. */
  requirePlace(signal?: AbortSignal): Promise<void>;
}

export type SessionOptions = Omit<AskOptions, "signal">;

export function createSession({ key = "", ...place }: RemoteAccess, options: SessionOptions): Session {
  const { url, tenant, database } = normalServer(place);
  const address = new URL(url);
  const ssl = address.protocol === "https:";
  /** Told once by the server: how many records it takes at a time, and in which form. */
  let checks: ChromaClient["preflightChecks"];

  const server = {
    host: address.hostname,
    port: Number(address.port || (ssl ? 443 : 80)),
    ssl,
    headers: headersFor(key),
    fetchOptions: { credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" },
  } as const;

  async function guard<T>(work: (chroma: Chroma) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    signal?.throwIfAborted();
    const chroma = await import("chromadb");
    try {
      return await work(chroma);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof SextantError) throw error;
      if (error instanceof chroma.ChromaError)
        throw new SextantError(
          "remote/refused",
          `Chroma's client refused what was to be sent: ${error.message}`,
          { url },
          error,
        );
      throw toSextantError(error);
    }
  }
  // The client's own fetch turns a `Retry-After`, a certificate and a stop into one and the same message.
  const fetchWith = (signal: AbortSignal | undefined) => ({
    fetch: createAsk({ ...options, signal }) as typeof fetch,
  });

  return {
    url: address,
    ask: (work, signal) =>
      guard(async (chroma) => {
        const client = new chroma.ChromaClient({ ...server, tenant, database });
        client["apiClient"].setConfig(fetchWith(signal));
        client["preflightChecks"] = checks;
        try {
          return await work(client);
        } finally {
          checks ??= client["preflightChecks"];
        }
      }, signal),
    requirePlace: (signal) =>
      guard(async (chroma) => {
        const client = new chroma.AdminClient(server);
        client["apiClient"].setConfig(fetchWith(signal));
        await client.getDatabase({ name: database, tenant });
      }, signal),
  };
}

type Chroma = typeof import("chromadb");

/** A key with its scheme in front is for a proxy, any other for Chroma itself. */
function headersFor(key: string): Record<string, string> {
  if (key === "") return {};
  return /^(Bearer|Basic) /.test(key) ? { Authorization: key } : { "x-chroma-token": key };
}
