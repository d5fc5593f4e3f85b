import type { Kind } from "../../contract/index.ts";
import { tasks } from "../words/en/tasks.ts";
import { wordsOf } from "../words/words.ts";

/** One default collection a kind, made when something is first put into it. */
export const DEFAULT_COLLECTIONS = {
  document: "Documents",
  exchange: "Conversations",
  chunk: "Long texts",
  example: "Examples",
  tool: "Tools",
} as const satisfies Record<Kind, string>;

const KIND_BY_NAME = new Map<string, Kind>(
  (Object.keys(DEFAULT_COLLECTIONS) as Kind[]).map((kind) => [DEFAULT_COLLECTIONS[kind], kind]),
);

/** A collection's name; one that nobody has named is called by its kind in the language spoken. */
export function shownName({ name }: { readonly name: string }): string {
  const kind = KIND_BY_NAME.get(name);
  return kind === undefined ? name : wordsOf("tasks", tasks).firstCollections[kind];
}
