import type { CallMap, Handlers, StorageCalls } from "../../contract/index.ts";
import { createHandlers } from "../handlers.ts";
import type { OpenDatabase } from "../open.ts";

/** The storage's calls, and what a test needs to see and to break what lies under them. */
export interface InsideCalls extends StorageCalls {
  /** The first column of every row, as text. */
  query: { in: { readonly sql: string }; event: never; out: readonly string[] };
  script: { in: { readonly sql: string }; event: never; out: void };
  shut: { in: Readonly<Record<string, never>>; event: never; out: void };
}

type Checked<M extends CallMap<M>> = M;

/** Serves both over one open database. */
export function insideHandlers(open: OpenDatabase): Handlers<Checked<InsideCalls>> {
  return {
    ...createHandlers(open),
    query: async ({ sql }) => open.database.read(sql, [], (row) => row.text(0)),
    script: async ({ sql }) => open.database.script(sql),
    shut: async () => open.close(),
  };
}
