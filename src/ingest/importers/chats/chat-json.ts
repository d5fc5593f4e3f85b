import { SextantError, type PassageDraft } from "../../../contract/index.ts";
import { headOf, type Importer } from "../../importer.ts";
import { asRecord, jsonPath, readJson, type JsonItem } from "../../json-source.ts";
import { pairTurns, type Turn } from "./exchanges.ts";

interface Conversation {
  readonly title: string;
  readonly messages: readonly JsonItem[];
}

/** Conversations as JSON: `{role, content}` messages, alone or under `messages`, one or many, or a ChatGPT export. */
export const chatJson: Importer = {
  id: "chat-json",
  version: 1,
  kind: "exchange",
  extensions: [".json"],
  sniff: (source) => /^(?:\[\s*[[{]|\{\s*")/.test(headOf(source)),
  parse(source) {
    const drafts: PassageDraft[] = [];
    let leftOut = 0;
    for (const { title, messages } of conversationsOf(readJson(source))) {
      const turns = messages.map(toTurn);
      leftOut += turns.filter((turn) => turn === null).length;
      drafts.push(
        ...pairTurns(
          turns.filter((turn) => turn !== null),
          title,
        ),
      );
    }
    if (drafts.length === 0)
      throw new SextantError(
        "ingest/no-records",
        `No messages were found in ${source.name}. A message needs a "role" of user or assistant and a "content".`,
      );
    const remarks = leftOut === 0 ? [] : [`System, tool and empty messages were left out: ${leftOut}.`];
    return { drafts, skipped: [], remarks };
  },
};

function conversationsOf(root: JsonItem): Conversation[] {
  const list = root.elements.length > 0 ? root.elements : [root];
  if (list.some((item) => isMessage(item))) return [{ title: "", messages: list }];
  return list.flatMap((item) => {
    const { title } = asRecord(item) ?? {};
    const messages = item.member("mapping")
      ? exportedMessages(item)
      : (item.member("messages") ?? item).elements;
    return [{ title: typeof title === "string" ? title : "", messages }];
  });
}

/** ChatGPT keeps every branch; the person saw the one that ends at `current_node`. */
function exportedMessages(conversation: JsonItem): JsonItem[] {
  const mapping = conversation.member("mapping");
  const parentOf = (id: string): unknown => mapping?.member(id)?.member("parent")?.value;
  const newest = mapping === undefined ? [] : Object.keys(asRecord(mapping) ?? {});
  const messages: JsonItem[] = [];
  const seen = new Set<unknown>();
  let id: unknown = conversation.member("current_node")?.value ?? newest.at(-1);
  while (typeof id === "string" && !seen.has(id)) {
    seen.add(id);
    const message = mapping?.member(id)?.member("message");
    if (message !== undefined && asRecord(message) !== null) messages.push(message);
    id = parentOf(id);
  }
  return messages.reverse();
}

function isMessage(item: JsonItem): boolean {
  return roleOf(item) !== null && item.member("content") !== undefined;
}

function roleOf(item: JsonItem): string | null {
  const role = (item.member("role") ?? jsonPath(item, "author", "role"))?.value;
  return typeof role === "string" ? role.toLowerCase() : null;
}

function toTurn(item: JsonItem): Turn | null {
  const role = roleOf(item);
  const text = contentText(item.member("content")?.value);
  if (role === null || role === "system" || role === "developer" || role === "tool" || text.trim() === "")
    return null;
  const seconds = item.member("create_time")?.value;
  const stamp = item.member("timestamp")?.value ?? (typeof seconds === "number" ? seconds * 1000 : undefined);
  const time = typeof stamp === "string" || typeof stamp === "number" ? new Date(stamp) : null;
  const at = time === null || Number.isNaN(time.getTime()) ? {} : { at: time.toISOString() };
  return { speaker: role, text, span: item.span, ...at };
}

/** A string, a list of parts, or an object with `parts` or `text`. */
function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content))
    return content
      .map(contentText)
      .filter((part) => part !== "")
      .join("\n");
  if (typeof content !== "object" || content === null) return "";
  const { text, parts } = content as { text?: unknown; parts?: unknown };
  return contentText(text ?? parts);
}
