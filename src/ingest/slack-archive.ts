import type { InputFile } from "../contract/index.ts";
import type { Archive } from "./archive.ts";
import { asRecord, jsonRecords, type JsonItem } from "./json-source.ts";

/** An export has a folder a channel and a file a day in it. */
const DAY = /^(?:.*\/)?([^/]+)\/\d{4}-\d\d-\d\d\.json$/;
const USERS = /(?:^|\/)users\.json$/;

/** The channels of a Slack export, a file each, with names in the place of ids; null for any other archive. */
export async function slackChannels(archive: Archive, limitBytes: number): Promise<InputFile[] | null> {
  const usersPath = archive.names.find((path) => USERS.test(path));
  const days = archive.names.filter((path) => DAY.test(path)).sort();
  if (usersPath === undefined || days.length === 0) return null;
  const names = new Map<string, string>();
  for (const user of await records(archive, usersPath, limitBytes))
    names.set(textOf(user, "id"), shownName(user));
  const channels = new Map<string, string[]>();
  for (const path of days) {
    const channel = DAY.exec(path)?.[1] ?? "";
    const messages = channels.get(channel) ?? [];
    for (const message of await records(archive, path, limitBytes))
      messages.push(JSON.stringify(named(message.value, names)));
    channels.set(channel, messages);
  }
  return [...channels].map(([channel, messages]) => ({
    name: `${channel}.json`,
    content: `[\n${messages.join(",\n")}\n]\n`,
  }));
}

async function records(archive: Archive, path: string, limitBytes: number): Promise<JsonItem[]> {
  const found: JsonItem[] = [];
  const text = (await archive.text(path, limitBytes)) ?? "";
  for await (const item of jsonRecords({ name: path, text })) found.push(item);
  return found;
}

function shownName(user: JsonItem): string {
  const profile = user.member("profile");
  return (
    (profile && textOf(profile, "display_name")) ||
    textOf(user, "real_name") ||
    textOf(user, "name") ||
    textOf(user, "id")
  );
}

function named(message: unknown, names: ReadonlyMap<string, string>): unknown {
  const fields = asRecord({ value: message });
  if (fields === null) return message;
  const { user, text, user_profile: profile } = fields;
  const name = typeof user === "string" ? names.get(user) : undefined;
  const said =
    typeof text === "string"
      ? text.replace(/<@([A-Z0-9]+)>/g, (mention, id: string) =>
          names.has(id) ? `@${names.get(id)}` : mention,
        )
      : text;
  return { ...fields, text: said, user_profile: name === undefined ? profile : { display_name: name } };
}

function textOf(item: JsonItem, name: string): string {
  const value = item.member(name)?.value;
  return typeof value === "string" ? value : "";
}
