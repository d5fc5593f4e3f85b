/** Rooms that do the work and never import one another: `engine` introduces them. */
const MIDDLE = [
  "tasks",
  "ingest",
  "model",
  "vectors",
  "storage",
  "rank",
  "answer",
  "metrics",
  "train",
  "remote",
] as const;

const onContract = ["base", "contract"];

/** Room → the rooms that it may import besides itself. docs/architecture.md prints the same table. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  contract: ["base"],
  ...Object.fromEntries(MIDDLE.map((room) => [room, onContract])),
  engine: ["base", "contract", ...MIDDLE],
  boundary: onContract,
  workers: ["engine", "storage", "boundary", "contract", "base"],
  client: ["boundary", "contract", "base"],
  offline: onContract,
  chart: onContract,
  app: ["client", "chart", "metrics", "tasks", "contract", "base"],
  site: onContract,
  element: ["site", "client", "chart", "contract", "base"],
  cli: ["engine", "storage", "boundary", "metrics", "site", "train", "contract", "base"],
};

/** Room → what it may name by `new URL(…, import.meta.url)`: worker entries to start, files to read under Node. */
export const MAY_LOCATE: Readonly<Record<string, readonly string[]>> = {
  client: ["workers"],
  cli: ["public", "dist-lib"],
};

/** The library's public face: `src/index.ts` re-exports from these. */
export const FACE = ["client", "contract"] as const;

/** Rooms without an index.ts: each file is a word of its own and is imported by name. */
export const OPEN_ROOMS = ["base"] as const;
