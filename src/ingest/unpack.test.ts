import { ZipWriter, Uint8ArrayReader, Uint8ArrayWriter } from "@zip.js/zip.js/lib/zip-core-native.js";
import { expect, test } from "vitest";
import type { InputFile, Kind, Notice } from "../contract/index.ts";
import { wordTools } from "./importers/importer.contract.ts";
import { importFile, unpack } from "./index.ts";

type Content = string | Uint8Array;

async function zipOf(files: Readonly<Record<string, Content>>, password?: string): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await writer.add(
      name,
      new Uint8ArrayReader(bytes as Uint8Array<ArrayBuffer>),
      password === undefined ? {} : { password },
    );
  }
  return writer.close();
}

async function unpackAll(
  content: Content,
  kind: Kind = "document",
  name = "a.zip",
): Promise<(InputFile | Notice)[]> {
  const parts: (InputFile | Notice)[] = [];
  for await (const part of unpack({ name, content }, kind)) parts.push(part);
  return parts;
}

const shown = (parts: readonly (InputFile | Notice)[]): string[] =>
  parts.map((part) => ("level" in part ? `${part.level} ${part.code} ${part.file}` : part.name));

test("a zip gives the files that fit, names what does not, and passes over what systems leave behind", async () => {
  const zip = await zipOf({
    "notes/a.md": "# A\n\nText",
    "../../etc/b.txt": "Text",
    "c\\d.txt": "Text",
    "photo.jpg": "x",
    "inner.zip": await zipOf({ "e.txt": "Text" }),
    "__MACOSX/._a.md": "x",
    ".DS_Store": "x",
  });
  expect(shown(await unpackAll(zip))).toEqual([
    "warning ingest/inexact a.zip",
    "a.zip/notes/a.md",
    "a.zip/etc/b.txt",
    "a.zip/c/d.txt",
  ]);
});

test("what is no zip goes through as it is, under any name", async () => {
  expect(shown(await unpackAll("text", "document", "a.zip"))).toEqual(["a.zip"]);
});

test("a bomb is stopped, whatever size it claims, and the files beside it go through", async () => {
  const zeros = new Uint8Array(8 * 2 ** 20);
  const bomb = await zipOf({ "good.txt": "Text", "zeros.txt": zeros, "also.txt": "Text" });
  expect(bomb.length).toBeLessThan(2 ** 15);
  const view = new DataView(bomb.buffer);
  const claims = Array.from(bomb.keys()).filter(
    (at) => at + 4 <= bomb.length && view.getUint32(at, true) === zeros.length,
  );
  for (const honest of [true, false]) {
    if (!honest) for (const at of claims) view.setUint32(at, 100, true);
    const parts: (InputFile | Notice)[] = [];
    for await (const part of unpack({ name: "a.zip", content: bomb }, "document", 2 ** 20)) parts.push(part);
    const [good, bad, also] = shown(parts);
    expect([good, also]).toEqual(["a.zip/good.txt", "a.zip/also.txt"]);
    expect(bad).toMatch(/^error ingest\/(?:too-large|unreadable) a\.zip\/zeros\.txt$/);
  }
});

test("a locked zip says so for each of its files", async () => {
  const zip = await zipOf({ "a.txt": "Text" }, "secret");
  expect(shown(await unpackAll(zip))).toEqual(["error ingest/locked a.zip/a.txt"]);
});

test("a zip that is cut off is refused as a whole", async () => {
  const zip = await zipOf({ "a.txt": "Text" });
  await expect(unpackAll(zip.slice(0, -30))).rejects.toMatchObject({ code: "ingest/unreadable" });
});

test("of a ChatGPT export only the conversations are taken", async () => {
  const zip = await zipOf({ "conversations.json": "[]", "user.json": "{}", "chat.html": "<p>" });
  expect(shown(await unpackAll(zip, "exchange")).at(-1)).toBe("a.zip/conversations.json");
  expect(await unpackAll(zip, "exchange")).toHaveLength(2);
});

test("of a Slack export each channel is one file, its people by their names", async () => {
  const message = (user: string, text: string, ts: string) => ({ type: "message", user, text, ts });
  const zip = await zipOf({
    "users.json": JSON.stringify([
      { id: "U1", name: "ann", profile: { display_name: "Ann" } },
      { id: "U2", name: "ben", real_name: "Ben Oak" },
    ]),
    "general/2024-05-01.json": JSON.stringify([message("U1", "Lunch, <@U2>?", "1714550000.000100")]),
    "general/2024-05-02.json": JSON.stringify([message("U2", "Yes", "1714640000.000100")]),
    "random/2024-05-01.json": JSON.stringify([message("U9", "Hm", "1714550000.000100")]),
  });
  const [general, random] = (await unpackAll(zip, "exchange")) as InputFile[];
  expect([general!.name, random!.name]).toEqual(["general.json", "random.json"]);
  const { drafts } = await importFile(general!, "exchange", wordTools);
  expect(drafts).toMatchObject([{ title: "general", text: "Lunch, @Ben Oak?\nYes" }]);
});
