import { asRecord, type JsonItem } from "../../json-source.ts";
import type { Turn } from "./exchanges.ts";
import { readMoment } from "./moment.ts";
import { isUnheard } from "./roles.ts";
import { isSlack, slackText } from "./slack.ts";

/** Where exports keep who speaks, what is said and when: the first that is there counts. */
const SPEAKER = ["role", "sender", "from", "author", "speaker", "user_profile", "username", "user", "name"];
const CONTENT = ["content", "value", "parts", "text", "message", "utterance"];
const TIME = ["create_time", "created_at", "timestamp", "ts", "date_unixtime", "date", "time"];

/** Of a person who is given as an object. */
const NAMES = ["role", "display_name", "real_name", "name", "nickname", "username"];

/** Contents and blocks that nobody wrote or saw as an answer. */
const UNSHOWN = new Set([
  "thoughts",
  "thinking",
  "redacted_thinking",
  "reasoning",
  "reasoning_recap",
  "user_editable_context",
  "model_editable_context",
  "execution_output",
  "tool_use",
  "tool_result",
  "function_call",
  "function_call_output",
]);

/** What ChatGPT writes where its page shows a source's link. */
const CITATION = /\ue200[^\ue201]*\ue201|【[^】]{1,40}†[^】]{0,80}】/gu;

/** Whether a value is a message of any form: somebody, and a place for what they say. */
export function isMessage(item: JsonItem): boolean {
  return speakerOf(item) !== null && CONTENT.some((name) => item.member(name) !== undefined);
}

/** A message as a turn; null for what belongs to neither side: instructions, tool calls, empty and hidden messages. */
export function toTurn(item: JsonItem): Turn | null {
  const speaker = speakerOf(item);
  const text = textOf(item);
  if (speaker === null || isUnheard(speaker) || isHidden(item) || text.trim() === "") return null;
  const at = timeOf(item);
  const said = isSlack(item) ? slackText(text) : text;
  return { speaker, text: said, span: item.span, ...(at === null ? {} : { at }) };
}

/** ISO 8601, as `readMoment` gives it; numbers are seconds since 1970, or milliseconds where they are large. */
export function timeOf(item: JsonItem): string | null {
  const stamp = TIME.map((name) => item.member(name)?.value).find(
    (value) => typeof value === "string" || typeof value === "number",
  );
  if (stamp === undefined) return null;
  const count = typeof stamp === "number" ? stamp : /^\d{9,}(?:\.\d+)?$/.test(stamp) ? Number(stamp) : null;
  if (count === null) return readMoment(String(stamp));
  const time = new Date(count < 1e11 ? count * 1000 : count);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function speakerOf(item: JsonItem): string | null {
  for (const name of SPEAKER) {
    const value = item.member(name)?.value;
    if (typeof value === "string" && value.trim() !== "") return value.trim();
    const person = asRecord({ value });
    const called = NAMES.map((key) => person?.[key]).find((one) => typeof one === "string" && one !== "");
    if (typeof called === "string") return called;
  }
  return null;
}

function textOf(item: JsonItem): string {
  for (const name of CONTENT) {
    const text = contentText(item.member(name)?.value);
    if (text.trim() !== "") return text.replace(CITATION, "");
  }
  return "";
}

function isHidden(item: JsonItem): boolean {
  const metadata = asRecord({ value: item.member("metadata")?.value });
  const recipient = item.member("recipient")?.value ?? "all";
  const subtype = item.member("subtype")?.value;
  const isBookkeeping =
    (typeof subtype === "string" && /^(?:channel|group|pinned|reminder)_/.test(subtype)) ||
    item.member("type")?.value === "service";
  return metadata?.["is_visually_hidden_from_conversation"] === true || recipient !== "all" || isBookkeeping;
}

/** A string, a list of parts, or an object that holds either. Strings among marked parts are one running text (Telegram). */
function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) {
    const isRunning = content.some((part) => typeof part === "string") && content.length > 1;
    return content
      .map(contentText)
      .filter((part) => part !== "")
      .join(isRunning ? "" : "\n");
  }
  const { type, content_type, text, parts, content: inner } = asRecord({ value: content }) ?? {};
  if (UNSHOWN.has(String(content_type ?? type))) return "";
  return content === null || content === undefined ? "" : contentText(text ?? parts ?? inner);
}
