import type { JsonItem } from "../../json-source.ts";

/** Members that hold a conversation's messages as a list, by who writes them so. */
const LISTS = [
  "messages", // OpenAI, Telegram, Discord
  "chat_messages", // Claude
  "conversations", // ShareGPT
  "conversation",
  "contents", // Gemini
  "dialogue",
  "dialog",
  "turns",
  "input", // OpenAI Responses
];
const TITLES = ["title", "name", "topic", "subject"];

export interface Conversation {
  readonly title: string;
  /** In the order in which they were said; of several branches the one that was left open. */
  readonly messages: readonly JsonItem[];
}

/** Reads one conversation of an export; null when it is none. */
export function readConversation(item: JsonItem): Conversation | null {
  const title = TITLES.map((name) => item.member(name)?.value).find((value) => typeof value === "string");
  const mapping = item.member("mapping");
  const messages = mapping === undefined ? listedMessages(item) : mappedMessages(item, mapping);
  return messages === null ? null : { title: typeof title === "string" ? title.trim() : "", messages };
}

function listedMessages(item: JsonItem): readonly JsonItem[] | null {
  if (item.elements.length > 0) return item.elements;
  const list = LISTS.map((name) => item.member(name)).find((inner) => (inner?.elements.length ?? 0) > 0);
  return list === undefined ? null : openBranch(item, list.elements);
}

/** Claude lists every branch after an edit; the last message ends the one that the person sees. */
function openBranch(item: JsonItem, messages: readonly JsonItem[]): readonly JsonItem[] {
  const idOf = (message: JsonItem): unknown => message.member("uuid")?.value;
  const parentOf = (message: JsonItem): unknown => message.member("parent_message_uuid")?.value;
  if (messages.some((message) => typeof parentOf(message) !== "string")) return messages;
  const byId = new Map(messages.map((message) => [idOf(message), message]));
  const leaf = byId.get(item.member("current_leaf_message_uuid")?.value) ?? messages.at(-1);
  return walkUp(leaf, (message) => byId.get(parentOf(message)));
}

/** ChatGPT keeps a tree of nodes; the person saw the branch that ends at `current_node`. */
function mappedMessages(item: JsonItem, mapping: JsonItem): readonly JsonItem[] {
  const nodes = new Map(mapping.members);
  const parents = new Set([...nodes.values()].map((node) => node.member("parent")?.value));
  const newestLeaf = [...nodes]
    .filter(([id]) => !parents.has(id))
    .map(([, node]) => ({ node, time: Number(node.member("message")?.member("create_time")?.value ?? 0) }))
    .reduce<{ node: JsonItem; time: number } | null>(
      (best, one) => (best === null || one.time >= best.time ? one : best),
      null,
    );
  const leaf = nodes.get(String(item.member("current_node")?.value)) ?? newestLeaf?.node;
  return walkUp(leaf, (node) => nodes.get(String(node.member("parent")?.value)))
    .map((node) => node.member("message"))
    .filter((message) => message !== undefined && message.value !== null)
    .filter((message) => message !== undefined);
}

/** From the last to the first, turned round; a circle is left where it closes. */
function walkUp(leaf: JsonItem | undefined, parentOf: (item: JsonItem) => JsonItem | undefined): JsonItem[] {
  const path = new Set<JsonItem>();
  for (let item = leaf; item !== undefined && !path.has(item); item = parentOf(item)) path.add(item);
  return [...path].reverse();
}
