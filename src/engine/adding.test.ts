import { ZipWriter, Uint8ArrayReader, Uint8ArrayWriter } from "@zip.js/zip.js/lib/zip-core-native.js";
import { expect, test } from "vitest";
import type { AddProgress, InputFile, Source, Storage } from "../contract/index.ts";
import { addFiles } from "./adding.ts";
import { createBreath } from "../base/breath.ts";
import { turnOfLoop } from "../base/turn.ts";
import { createFreshDrafts } from "./fresh-drafts.ts";

const tools = { countTokens: (text: string) => text.split(/\s+/).length };

/** Takes sources and keeps their names. */
function listOf(names: string[]): Pick<Storage, "addSource"> {
  return {
    addSource: ({ name, total, text, ...rest }) => {
      names.push(name);
      const source = { ...rest, id: names.length, name, total, done: 0, sizeUtf16: text.length } as Source;
      return Promise.resolve({ source, unchanged: false });
    },
  };
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

test("two hundred files go through with five bad ones among them, each of which says what is wrong with it", async () => {
  const good = Array.from({ length: 200 }, (_, i): InputFile => {
    const content = [
      `# Note ${i}\n\nText ${i}.`,
      `<p>Page ${i} has text.`,
      `name,what\n${i},row`,
      `def f${i}():\n  pass\n`,
    ];
    return {
      name: `folder/${i}${[".md", ".html", ".csv", ".py"][i % 4] ?? ""}`,
      content: utf8(content[i % 4] ?? ""),
    };
  });
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  await writer.add("inside.md", new Uint8ArrayReader(utf8("# Inside\n\nText.")));
  const zip = await writer.close();
  const bad: InputFile[] = [
    { name: "empty.txt", content: utf8(" \n") },
    { name: "broken.pdf", content: utf8("%PDF-1.7\nnothing follows") },
    { name: "cut.zip", content: zip.slice(0, -20) },
    { name: "picture.png", content: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]) },
    { name: "half.jsonl", content: utf8('{"text": "whole"}\n{"text": ') },
  ];
  const files = good.flatMap((file, i) => (i % 40 === 7 ? [file, bad[(i - 7) / 40]!] : [file]));
  const names: string[] = [];
  const progress: AddProgress[] = [];
  const report = await addFiles(
    listOf(names) as Storage,
    "document",
    { collectionId: 1, files: [...files, { name: "good.zip", content: zip }] },
    tools,
    createFreshDrafts(),
    { signal: new AbortController().signal, emit: (one) => void progress.push(one) },
  );
  expect(names).toEqual([...good.map(({ name }) => name), "good.zip/inside.md"]);
  expect(report.notices.map(({ level, code, file }) => [level, code, file])).toEqual([
    ["error", "ingest/empty", "empty.txt"],
    ["error", "ingest/unreadable", "broken.pdf"],
    ["error", "ingest/unreadable", "cut.zip"],
    ["error", "ingest/binary", "picture.png"],
    ["error", "ingest/unreadable", "half.jsonl"],
  ]);
  for (const { file, message } of report.notices) expect(message).toMatch(new RegExp(`^${file} .*\\.$`));
  expect(progress.at(-1)).toMatchObject({ doneFiles: 205, totalFiles: 206, file: "good.zip/inside.md" });
});

test("what a person told about columns reaches the file, and is kept with it", async () => {
  const kept: string[] = [];
  const storage: Pick<Storage, "addSource"> = {
    addSource: ({ format, ...rest }) => {
      kept.push(format);
      return Promise.resolve({
        source: { ...rest, id: 1, format, done: 0 } as unknown as Source,
        unchanged: false,
      });
    },
  };
  const request = {
    collectionId: 1,
    files: [{ name: "t.csv", content: utf8("a,b,c\n1,2,3\n") }],
    options: { input: "c", output: "a" },
  };
  const context = { signal: new AbortController().signal, emit: () => undefined };
  const { added } = await addFiles(
    storage as Storage,
    "example",
    request,
    tools,
    createFreshDrafts(),
    context,
  );
  expect(added).toHaveLength(1);
  expect(kept).toEqual(["example-table/3?input=c&output=a"]);
});

/** A file as a browser holds it, which counts how often it was read. */
function held(name: string, content: Uint8Array<ArrayBuffer>, size = content.length) {
  const file = {
    reads: 0,
    name,
    content: {
      size,
      slice: (start: number, end: number) => ({
        arrayBuffer: () => {
          file.reads++;
          return Promise.resolve(content.slice(start, end).buffer);
        },
      }),
    },
  };
  return file;
}

const CONTEXT = { signal: new AbortController().signal, emit: () => undefined };
const add = (files: Parameters<typeof addFiles>[2]["files"], names: string[] = []) =>
  addFiles(
    listOf(names) as Storage,
    "document",
    { collectionId: 1, files },
    tools,
    createFreshDrafts(),
    CONTEXT,
  );

test("a file is not read before its turn", async () => {
  const first = held("a.md", utf8("# A"));
  const second = held("b.md", utf8("# B"));
  const readBefore: number[] = [];
  const names: string[] = [];
  const storage = {
    addSource: (source: Parameters<Storage["addSource"]>[0]) => {
      readBefore.push(second.reads);
      return listOf(names).addSource(source);
    },
  };
  await addFiles(
    storage as Storage,
    "document",
    { collectionId: 1, files: [first, second] },
    tools,
    createFreshDrafts(),
    CONTEXT,
  );
  expect(names).toEqual(["a.md", "b.md"]);
  expect(readBefore).toEqual([0, 1]);
});

test("a file of two gigabytes is refused by its size alone", async () => {
  const huge = held("film.txt", utf8(""), 2 * 2 ** 30);
  const { notices } = await add([huge]);
  expect(notices).toMatchObject([{ level: "error", code: "ingest/too-large", file: "film.txt" }]);
  expect(huge.reads).toBe(0);
});

test("a file that is not any more what was chosen is told apart, and the next one goes through", async () => {
  const gone = held("gone.txt", utf8("x"));
  gone.content.slice = () => ({
    arrayBuffer: () => Promise.reject(new DOMException("changed", "NotReadableError")),
  });
  const cut = held("cut.txt", utf8("half of"), 20);
  const names: string[] = [];
  const { notices } = await add([gone, cut, held("good.txt", utf8("Tea."))], names);
  expect(notices.map(({ code, file }) => [code, file])).toEqual([
    ["ingest/changed", "gone.txt"],
    ["ingest/changed", "cut.txt"],
  ]);
  expect(names).toEqual(["good.txt"]);
});

test("a file that is read while it is stopped is not stored", async () => {
  const stop = new AbortController();
  const names: string[] = [];
  const countTokens = (text: string): number => {
    stop.abort();
    return text.length;
  };
  const adding = addFiles(
    listOf(names) as Storage,
    "document",
    { collectionId: 1, files: [held("a.txt", utf8("Tea."))] },
    { countTokens },
    createFreshDrafts(),
    { signal: stop.signal, emit: () => undefined },
  );
  await expect(adding).rejects.toMatchObject({ name: "AbortError" });
  expect(names).toEqual([]);
});

test("passages that wait to be embedded are kept up to a length, the latest first", () => {
  const fresh = createFreshDrafts(25);
  const draft = (text: string) => [
    { title: "", text, startUtf16: 0, endUtf16: text.length, record: { kind: "document" } as const },
  ];
  fresh.set(1, draft("ten longer"));
  fresh.set(2, draft("ten longer"));
  fresh.set(3, draft("ten longer"));
  expect([1, 2, 3].map((id) => fresh.get(id)?.length)).toEqual([undefined, 1, 1]);
  fresh.set(4, draft("thirty characters and even more"));
  expect([2, 3, 4].map((id) => fresh.get(id)?.length)).toEqual([undefined, undefined, 1]);
});

test("long work lets others go first between its pieces, and short work does not wait", async () => {
  const order: string[] = [];
  const breathe = createBreath(0);
  void turnOfLoop().then(() => order.push("search"));
  for (const piece of ["first", "second", "third"]) {
    order.push(piece);
    await breathe();
  }
  expect(order).toContain("search");
  expect(order.indexOf("search")).toBeLessThan(order.indexOf("third"));
  const brief = createBreath(10_000);
  void turnOfLoop().then(() => order.push("later"));
  for (let piece = 0; piece < 100; piece++) await brief();
  expect(order).not.toContain("later");
});
