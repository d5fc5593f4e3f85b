import type { ChromaClient } from "chromadb";
import { SextantError, toSextantError, type RemoteAccess } from "../contract/index.ts";
import { normalServer } from "./address.ts";
import { createAsk, type AskOptions } from "./ask.ts";

/** Asks a server through Chroma's own client, which is loaded with the first question. */
export interface Session {
  readonly url: URL;
  /** Runs `work` with a client of its own. Throws: `remote/*`, the signal's reason. */
  ask<T>(work: (client: ChromaClient) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export type SessionOptions = Omit<AskOptions, "signal">;

export function createSession({ key = "", ...server }: RemoteAccess, options: SessionOptions): Session {
  const { url, tenant, database } = normalServer(server);
  const address = new URL(url);
  const ssl = address.protocol === "https:";
  /** Told once by the server: how many records it takes at a time, and in which form. */
  let checks: ChromaClient["preflightChecks"];

  return {
    url: address,
    async ask(work, signal) {
      signal?.throwIfAborted();
      const chroma = await import("chromadb");
      const client = new chroma.ChromaClient({
        host: address.hostname,
        port: Number(address.port || (ssl ? 443 : 80)),
        ssl,
        tenant,
        database,
        headers: headersFor(key),
        fetchOptions: { credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" },
      });
      // The client's own fetch turns a `Retry-After`, a certificate and a stop into one and the same message.
      client["apiClient"].setConfig({ fetch: createAsk({ ...options, signal }) as typeof fetch });
      client["preflightChecks"] = checks;
      try {
        return await work(client);
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
      } finally {
        checks ??= client["preflightChecks"];
      }
    },
  };
}

/** A key with its scheme in front is for a proxy, any other for Chroma itself. */
function headersFor(key: string): Record<string, string> {
  if (key === "") return {};
  return /^(Bearer|Basic) /.test(key) ? { Authorization: key } : { "x-chroma-token": key };
}
