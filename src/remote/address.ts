import { SextantError, type RemoteServer } from "../contract/index.ts";

/** What Chroma calls the tenant and the database of a server that was just started. */
export const DEFAULT_PLACE = { tenant: "default_tenant", database: "default_database" } as const;

/**
 * Reads an address as a person writes it.
 *
 * Throws: `engine/invalid-input` for what is no http(s) address, holds a password, or has a path: the client knows none.
 */
export function parseAddress(text: string): URL {
  const trimmed = text.trim();
  const full = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  const isPlain =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === "" &&
    url.password === "" &&
    /^\/?(api\/v2\/?)?$/.test(url.pathname) &&
    url.hostname !== "";
  if (isPlain) return new URL(url.origin);
  throw new SextantError(
    "engine/invalid-input",
    "The address of the server must be like https://chroma.example:8000, without a path and without a password.",
    { url: trimmed },
  );
}

/** The same server written in two ways is one. */
export function normalServer({ url, tenant, database }: RemoteServer): RemoteServer {
  return {
    url: parseAddress(url).origin,
    tenant: tenant.trim() || DEFAULT_PLACE.tenant,
    database: database.trim() || DEFAULT_PLACE.database,
  };
}
