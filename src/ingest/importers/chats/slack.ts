import type { JsonItem } from "../../json-source.ts";

/** Whether a message comes from Slack: a time in seconds with six decimals is its id there. */
export function isSlack(item: JsonItem): boolean {
  return /^\d{9,}\.\d{6}$/.test(String(item.member("ts")?.value));
}

/** A channel's messages as conversations: each thread on its own, where it was begun, and the rest together. */
export function slackThreads(messages: readonly JsonItem[]): JsonItem[][] {
  const threads = new Map<string, JsonItem[]>();
  for (const message of messages) {
    const thread = message.member("thread_ts")?.value;
    const key = typeof thread === "string" ? thread : "";
    const members = threads.get(key) ?? [];
    members.push(message);
    threads.set(key, members);
  }
  return [...threads.values()];
}

/** Slack's marks as people read them: `<@U1|ann>`, `<https://x|label>`, `&amp;`. */
export function slackText(text: string): string {
  return text
    .replace(
      /<([@#!])?([^<>|]*)(?:\|([^<>]*))?>/g,
      (_, sign: string | undefined, target: string, label?: string) =>
        sign === undefined ? (label ?? target) : `${sign === "#" ? "#" : "@"}${label ?? target}`,
    )
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** An export has a folder a channel and a file a day in it. */
export function channelOf(path: string): string {
  return /(?:^|\/)([^/]+?)(?:\/\d{4}-\d\d-\d\d)?\.json$/.exec(path)?.[1] ?? "";
}
