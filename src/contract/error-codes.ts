/**
 * Every error that crosses a face of Sextant. `actor` is who can do something about it; `retry` whether the
 * same call may succeed later. docs/errors.md has a row each.
 */
export const ERROR_CODES = {
  "answer/unreachable": { actor: "user", retry: true },
  "answer/denied": { actor: "user", retry: true },
  "answer/no-model": { actor: "user", retry: false },
  "answer/busy": { actor: "user", retry: true },
  "answer/refused": { actor: "user", retry: false },
  "answer/unreadable": { actor: "user", retry: false },
  "answer/cut-off": { actor: "user", retry: true },
  "base/aborted": { actor: "user", retry: true },
  "boundary/lost": { actor: "us", retry: true },
  "boundary/closed": { actor: "embedder", retry: false },
  "boundary/unclonable": { actor: "embedder", retry: false },
  "boundary/protocol": { actor: "us", retry: false },
  "engine/internal": { actor: "us", retry: false },
  "engine/invalid-input": { actor: "embedder", retry: false },
  "gpu/unavailable": { actor: "user", retry: false },
  "gpu/lost": { actor: "us", retry: true },
  "gpu/wrong-vectors": { actor: "us", retry: false },
  "gpu/out-of-memory": { actor: "user", retry: true },
  "ingest/empty": { actor: "user", retry: false },
  "ingest/too-large": { actor: "user", retry: false },
  "ingest/binary": { actor: "user", retry: false },
  "ingest/unreadable": { actor: "user", retry: false },
  "ingest/unreachable": { actor: "user", retry: true },
  "ingest/no-records": { actor: "user", retry: false },
  "ingest/changed": { actor: "user", retry: true },
  "ingest/locked": { actor: "user", retry: false },
  "ingest/inexact": { actor: "user", retry: false },
  "model/not-found": { actor: "user", retry: true },
  "model/corrupt": { actor: "user", retry: true },
  "model/unsupported": { actor: "embedder", retry: false },
  "model/denied": { actor: "user", retry: true },
  "model/too-large": { actor: "user", retry: false },
  "search/empty-query": { actor: "user", retry: false },
  "search/wrong-index": { actor: "embedder", retry: false },
  "search/no-vectors": { actor: "user", retry: false },
  "site/entry": { actor: "embedder", retry: false },
  "site/file": { actor: "embedder", retry: true },
  "storage/unavailable": { actor: "user", retry: false },
  "storage/busy-elsewhere": { actor: "user", retry: true },
  "storage/corrupt": { actor: "user", retry: false },
  "storage/newer-schema": { actor: "user", retry: false },
  "storage/full": { actor: "user", retry: true },
  "storage/not-found": { actor: "embedder", retry: false },
  "storage/conflict": { actor: "embedder", retry: true },
  "vectors/shape": { actor: "us", retry: false },
  "vectors/nan": { actor: "us", retry: false },
  "vectors/full": { actor: "user", retry: false },
} as const satisfies Record<string, { actor: "user" | "embedder" | "us"; retry: boolean }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERROR_CODES, value);
}
