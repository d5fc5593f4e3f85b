import type { ErrorCode } from "../../contract/index.ts";

/** What the app offers beside an error's own sentence, which says what to do where nothing is offered. */
export type WayOut =
  | "told"
  /** WASM in place of the GPU. */
  | "wasm"
  /** The models, to choose, fetch or remove one, or to give a token. */
  | "models"
  /** The library, to remove what is not needed or to save what is. */
  | "library"
  /** The page anew, in the newest version that is here. */
  | "reload"
  /** The facts that a report needs. */
  | "report";

export const WAYS_OUT = {
  "answer/unreachable": "told",
  "answer/denied": "told",
  "answer/no-model": "told",
  "answer/busy": "told",
  "answer/refused": "told",
  "answer/unreadable": "told",
  "answer/cut-off": "told",
  "base/aborted": "told",
  "boundary/lost": "reload",
  "boundary/closed": "reload",
  "boundary/unclonable": "report",
  "boundary/protocol": "reload",
  "engine/internal": "report",
  "engine/invalid-input": "told",
  "gpu/unavailable": "wasm",
  "gpu/lost": "wasm",
  "gpu/wrong-vectors": "wasm",
  "gpu/out-of-memory": "wasm",
  "ingest/empty": "told",
  "ingest/too-large": "told",
  "ingest/binary": "told",
  "ingest/unreadable": "told",
  "ingest/unreachable": "told",
  "ingest/no-records": "told",
  "ingest/changed": "told",
  "ingest/locked": "told",
  "ingest/inexact": "told",
  "model/not-found": "models",
  "model/corrupt": "models",
  "model/unsupported": "models",
  "model/denied": "models",
  "model/too-large": "models",
  "remote/unreachable": "told",
  "remote/denied": "told",
  "remote/not-found": "told",
  "remote/other-version": "told",
  "remote/other-model": "models",
  "remote/busy": "told",
  "remote/refused": "told",
  "remote/cut-off": "told",
  "remote/unreadable": "told",
  "remote/miscount": "told",
  "search/empty-query": "told",
  "search/wrong-index": "told",
  "search/no-vectors": "models",
  "site/entry": "told",
  "site/file": "told",
  "storage/unavailable": "told",
  "storage/busy-elsewhere": "reload",
  "storage/corrupt": "library",
  "storage/newer-schema": "reload",
  "storage/full": "library",
  "storage/not-found": "reload",
  "storage/conflict": "reload",
  "vectors/shape": "report",
  "vectors/nan": "report",
  "vectors/full": "library",
} as const satisfies Record<ErrorCode, WayOut>;
