import { SextantError, type PassageDraft } from "../../../contract/index.ts";
import { extensionOf, headOf, type Importer } from "../../importer.ts";
import { jsonRecords, type JsonItem } from "../../json-source.ts";
import { readConversation } from "./conversations.ts";
import { pairTurns } from "./exchanges.ts";
import { isMessage, toTurn } from "./messages.ts";
import { channelOf, isSlack, slackThreads } from "./slack.ts";

const EXTENSIONS = [".json", ".jsonl", ".ndjson"];

/**
 * Conversations as JSON or JSON Lines: exports of ChatGPT, Claude, Slack, Telegram or Discord, `{role, content}` messages of
 * an API, training sets. Messages alone, or conversations of them.
 *
 * Order: as the conversation goes, which in a tree of edits need not be the order of the file.
 */
export const chatJson = {
  id: "chat-json",
  version: 3,
  kind: "exchange",
  extensions: EXTENSIONS,
  sniff: (source) =>
    EXTENSIONS.includes(extensionOf(source.name)) || /^(?:\[\s*[[{]|\{\s*")/.test(headOf(source)),
  async parse(source, tools) {
    const drafts: PassageDraft[] = [];
    let loose: JsonItem[] = [];
    let leftOut = 0;
    const take = async (messages: readonly JsonItem[], title: string): Promise<void> => {
      const turns = messages.map(toTurn);
      const heard = turns.filter((turn) => turn !== null);
      leftOut += turns.length - heard.length;
      for (const draft of await pairTurns(heard, title, tools.breathe)) drafts.push(draft);
    };
    const takeLoose = async (): Promise<void> => {
      const fromSlack = loose.some(isSlack);
      for (const messages of fromSlack ? slackThreads(loose) : [loose])
        await take(messages, fromSlack ? channelOf(source.name) : "");
      loose = [];
    };
    for await (const item of jsonRecords(source, tools.breathe)) {
      if (isMessage(item)) loose.push(item);
      else {
        await takeLoose();
        for (const { title, messages } of conversationsIn(item)) await take(messages, title);
      }
    }
    await takeLoose();
    if (drafts.length === 0)
      throw new SextantError(
        "ingest/no-records",
        `No messages were found in ${source.name}. A message needs a "role" of user or assistant and a "content".`,
      );
    const remarks =
      leftOut === 0 ? [] : [`System, tool, hidden and empty messages were left out: ${leftOut}.`];
    return { drafts, skipped: [], remarks };
  },
} satisfies Importer;

/** A conversation, or an object that holds a list of them. */
function conversationsIn(item: JsonItem): { title: string; messages: readonly JsonItem[] }[] {
  const one = readConversation(item);
  if (one !== null && one.messages.some(isMessage)) return [one];
  const inner = one?.messages ?? item.members.flatMap(([, member]) => member.elements);
  return inner.map(readConversation).filter((conversation) => conversation !== null);
}
