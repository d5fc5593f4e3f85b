import { SextantError, type ErrorDetails } from "../contract/index.ts";
import type { Sqlite } from "./sqlite.ts";

const PRIMARY = 0xff;

/** What a person can do about a full disk, in every place where it can fill. */
export function storageFull(details: ErrorDetails, cause: unknown): SextantError {
  return new SextantError(
    "storage/full",
    "There is no room left to store this; nothing was changed. Delete a collection or a source that you no " +
      "longer need, or free space on the device, then try again.",
    details,
    cause,
  );
}

/** The database's bytes cannot be trusted; they are left as they are. */
export function storageCorrupt(why: string, cause?: unknown): SextantError {
  return new SextantError(
    "storage/corrupt",
    `The stored data cannot be read (${why}). It was left untouched: restore a backup, or clear this site's ` +
      "data in the browser's settings to start over.",
    { why },
    cause,
  );
}

export function notFound(
  what: "collection" | "source" | "index" | "passage" | "removal",
  id: number,
): SextantError {
  const message = `There is no ${what} ${id} here any more: read the list again.`;
  return new SextantError("storage/not-found", message, { what, id });
}

/**
 * Whether the browser refused more room. Chromium 156 does not throw when a write to a sync access handle
 * meets the quota: it writes fewer bytes, which the pool reports in these words.
 */
export function isQuotaExceeded(value: unknown): boolean {
  if (!(value instanceof Error)) return false;
  return value.name === "QuotaExceededError" || value.message.includes("Unknown write() failure");
}

/** Gives an error of SQLite, or of the files under it, its code. */
export function classifyFault(error: unknown, { api, fault }: Sqlite): unknown {
  if (!(error instanceof api.SQLite3Error)) return error;
  const { capi } = api;
  const { message } = error;
  const resultCode = (error as { resultCode?: number }).resultCode ?? capi.SQLITE_ERROR;
  const details = { sqlite: resultCode, why: fault instanceof Error ? fault.name : "" };
  switch (resultCode & PRIMARY) {
    case capi.SQLITE_FULL:
      return storageFull(details, error);
    case capi.SQLITE_CORRUPT:
    case capi.SQLITE_NOTADB:
      return storageCorrupt(message, error);
    case capi.SQLITE_IOERR:
    case capi.SQLITE_CANTOPEN:
      if (isQuotaExceeded(fault)) return storageFull(details, fault);
      return new SextantError(
        "storage/unavailable",
        `The browser could not read or write its storage (${details.why || message}): reload the page.`,
        details,
        fault ?? error,
      );
    default:
      return error;
  }
}
