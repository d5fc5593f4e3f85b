import { readFileSync } from "node:fs";
import type { TaskId } from "../../src/contract/index.ts";

const read = (name: string): string => readFileSync(`public/samples/${name}`, "utf8");
const firstLines = (name: string, count: number): string => read(name).split("\n").slice(0, count).join("\n");

/**
 * What each workbench is shown with: pieces of the samples that are indexed in a moment. Fewer than sixteen passages of a
 * kind, since a collection learns from more, and then angles depend on whether it has done so yet.
 */
export interface Material {
  readonly task: TaskId;
  readonly tab: string;
  /** null where the task before it has brought the same kind already. */
  readonly file: { readonly name: string; readonly text: string } | null;
  readonly query: string;
}

export const MATERIALS: readonly Material[] = [
  {
    task: "qa",
    tab: "Questions",
    file: { name: "dep-pre-bundling.md", text: read("vite-guide/dep-pre-bundling.md") },
    query: "How do I clear the cache of pre-bundled dependencies?",
  },
  { task: "convsearch", tab: "Conversation", file: null, query: "Where is the result kept?" },
  {
    task: "chat",
    tab: "Chat memory",
    file: { name: "chat-history.txt", text: firstLines("chat-history.txt", 45) },
    query: "What did we say about the stew?",
  },
  {
    task: "lrlm",
    tab: "Long text",
    file: { name: "the-time-machine.txt", text: read("the-time-machine.txt").slice(2000, 8500) },
    query: "The Time Traveller took one of the small octagonal tables.",
  },
  {
    task: "icl",
    tab: "Examples",
    file: { name: "intent-examples.csv", text: firstLines("intent-examples.csv", 16) },
    query: "how would they say good morning in italian",
  },
  {
    task: "tool",
    tab: "Tools",
    file: {
      name: "tools.json",
      text: JSON.stringify((JSON.parse(read("tools-functions.json")) as unknown[]).slice(0, 15)),
    },
    query: "How much snow lies on the slopes today?",
  },
];
