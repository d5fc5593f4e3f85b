import { describe, expect, test } from "vitest";
import { ACCEPTED, KINDS, type InputFile, type Kind } from "../contract/index.ts";
import { EXTRACTORS } from "./extractors/index.ts";
import { wordTools } from "./importers/importer.contract.ts";
import { IMPORTERS } from "./importers/index.ts";
import { importFile, MAX_BYTES, reimport } from "./index.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin = (text: string): Uint8Array => Uint8Array.from(text, (unit) => unit.charCodeAt(0));
const read = (name: string, content: InputFile["content"], kind: Kind = "document") =>
  importFile({ name, content }, kind, wordTools);
const utf16 = (text: string, mark: boolean): Uint8Array =>
  new Uint8Array(Uint16Array.from(`${mark ? "\ufeff" : ""}${text}`, (unit) => unit.charCodeAt(0)).buffer);

describe("what is not text is refused by name", () => {
  test.each([
    ["an old Office file", "book.doc", latin("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")],
    ["a PNG picture", "photo.md", latin("\x89PNG\r\n\x1a\n")],
  ])("%s", async (seems, name, bytes) => {
    await expect(read(name, bytes)).rejects.toMatchObject({
      code: "ingest/binary",
      message: expect.stringContaining(seems) as string,
    });
  });

  test("random bytes", async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31 + i * 7) % 256);
    await expect(read("data.txt", bytes)).rejects.toMatchObject({ code: "ingest/binary" });
  });

  test("a paste full of control characters", async () => {
    await expect(read("", "\u0001\u0002\u0003ab")).rejects.toMatchObject({ code: "ingest/binary" });
  });
});

describe("bytes become text", () => {
  test.each([
    ["UTF-8 with a byte order mark", utf8("\ufeffCafé")],
    ["UTF-16, little end first", utf16("Café", true)],
    ["UTF-16, big end first", utf16("Café", true).map((_, i, bytes) => bytes[i ^ 1] ?? 0)],
  ])("%s", async (_, bytes) => {
    const { text, notices } = await read("a.txt", bytes);
    expect({ text, notices }).toEqual({ text: "Café", notices: [] });
  });

  test.each([
    [
      "windows-1252",
      latin("Der Fl\xfcgel und das T\xf6rchen standen offen."),
      "Der Flügel und das Törchen standen offen.",
    ],
    ["utf-16le", utf16("Café, and more of it here.", false), "Café, and more of it here."],
    [
      "utf-16be",
      utf16("Café, and more of it here.", false).map((_, i, bytes) => bytes[i ^ 1] ?? 0),
      "Café, and more of it here.",
    ],
  ])("%s is guessed, and the guess is told", async (encoding, bytes, expected) => {
    const { text, notices } = await read("old.txt", bytes);
    expect(text).toBe(expected);
    expect(notices).toMatchObject([
      { level: "warning", code: "ingest/inexact", message: expect.stringContaining(encoding) as string },
    ]);
  });

  test("bytes of another encoding are replaced, and how many places is said", async () => {
    // Greek in ISO 8859-7 fills words with high bytes.
    const { text, notices } = await read(
      "old.txt",
      latin(`${"plain words ".repeat(9)}\xca\xe1\xeb\xe7\xec\xdd\xf1\xe1 and \xe3\xe5\xe9\xe1`),
    );
    expect(text).toMatch(/\ufffd/);
    expect(notices).toMatchObject([
      { code: "ingest/inexact", message: expect.stringMatching(/places/) as string },
    ]);
  });

  test("U+FFFD that was in the file is no damage", async () => {
    expect((await read("a.txt", utf8("a \ufffd b"))).notices).toEqual([]);
  });

  test("lone surrogates and a stray NUL in a paste become U+FFFD", async () => {
    const { text, name, notices } = await read(" ", `a\ud800b ${"word ".repeat(400)}\0`);
    expect(name).toBe("Pasted text");
    expect(text.isWellFormed()).toBe(true);
    expect(text).toMatch(/^a\ufffdb .*\ufffd$/);
    expect(notices[0]?.message).toContain("2 places");
  });
});

describe("nothing to take", () => {
  test.each([[""], ["  \n\t\u00a0"], ["\ufeff"]])("blank text %j", async (blank) => {
    await expect(read("a.txt", blank)).rejects.toMatchObject({ code: "ingest/empty" });
    await expect(read("a.txt", utf8(blank))).rejects.toMatchObject({ code: "ingest/empty" });
  });

  test("over 128 MB", async () => {
    await expect(read("a.txt", new Uint8Array(MAX_BYTES + 1))).rejects.toMatchObject({
      code: "ingest/too-large",
      message: "a.txt has 128.0 MB; at most 128 MB can be read. Split it and add the parts.",
    });
  });

  test.each<[Kind, string, string]>([
    ["document", "page.html", "<html><script>var text = 1</script><nav>Home</nav></html>"],
    ["exchange", "talk.txt", "There is no conversation in here at all."],
    ["exchange", "chat.json", '[{"role": "system", "content": "x"}]'],
    ["example", "one.csv", "only\none\ncolumn"],
    ["example", "x.json", "[]"],
    ["tool", "tools.json", '{"tools": []}'],
    ["tool", "readme.txt", "no JSON here"],
  ])("%s from %s without any record", async (kind, name, text) => {
    await expect(read(name, text, kind)).rejects.toMatchObject({ code: "ingest/no-records" });
  });
});

describe("broken structure is refused with its place", () => {
  test.each<[Kind, string, string, number, number]>([
    ["tool", "tools.json", '[\n  {"name": "a", "descr', 2, 23],
    ["exchange", "chat.json", '{"messages": [\n{"role": "user" "content": "x"}]}', 2, 17],
    ["example", "rows.jsonl", '{"input": "a", "output": "b"}\n{"input": "c", ', 2, 15],
    ["example", "rows.csv", 'input,output\na,b\n"c,d\ne,f\n', 3, 1],
  ])("%s %s", async (kind, name, text, line, column) => {
    await expect(read(name, text, kind)).rejects.toMatchObject({
      code: "ingest/unreadable",
      details: { line, column },
      message: expect.stringContaining(`line ${line}, column ${column}`) as string,
    });
  });

  test.each<Kind>(["tool", "exchange", "example"])(
    "JSON a hundred thousand levels deep, as %s",
    async (kind) => {
      for (const [open, close] of [
        ["[", "]"],
        ['{"a":', "}"],
      ] as const) {
        const text = `[{"role":"user","content":${open.repeat(1e5)}1${close.repeat(1e5)}}]`;
        await expect(read("deep.json", text, kind)).rejects.toMatchObject({ code: "ingest/unreadable" });
      }
    },
  );

  test("HTML and Markdown that nest deeply are still read", async () => {
    const deep = `${"<div>".repeat(20_000)}the core${"</div>".repeat(20_000)}`;
    expect((await read("a.html", deep)).drafts.map(({ text }) => text)).toEqual(["the core"]);
    expect((await read("a.md", `${"> ".repeat(500)}the core`)).drafts.at(-1)?.text).toContain("the core");
  });
});

test("YAML that unfolds without end, or is no YAML, is refused by name", async () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 12; i++) {
    const [from, to] = [String.fromCharCode(96 + i), String.fromCharCode(97 + i)];
    bomb.push(`${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(", ")}]`);
  }
  const yaml = `openapi: 3.0.0\n${bomb.join("\n")}\npaths: {}\n`;
  await expect(read("bomb.yaml", yaml, "tool")).rejects.toMatchObject({
    code: "ingest/unreadable",
    message: expect.stringMatching(/^bomb\.yaml refers to parts of itself/) as string,
  });
  await expect(read("a.yaml", "openapi: 3.0.0\npaths: [", "tool")).rejects.toMatchObject({
    code: "ingest/unreadable",
    details: { line: 2 },
  });
  const deep = `openapi: 3.0.0\npaths: ${"[".repeat(1e5)}${"]".repeat(1e5)}`;
  await expect(read("deep.yml", deep, "tool")).rejects.toMatchObject({ code: "ingest/unreadable" });
});

test.each<[Kind, string, string, string]>([
  ["tool", "", '{"openapi": "3.1.0", "paths": {"/a": {"get": {"summary": "A"}}}}', "openapi/1"],
  ["tool", "api.yml", "swagger: '2.0'\npaths:\n  /a:\n    get: {summary: A}", "openapi/1"],
  ["exchange", "WhatsApp Chat.txt", "1/2/24, 10:00 - Ann: Hi\n1/2/24, 10:01 - Ben: Ho", "whatsapp/1"],
  ["document", "notes", "# Title\n\nText", "markdown/2"],
  ["document", "notes.txt", "# not a heading here\n", "plain-text/2"],
  ["document", "", "<!DOCTYPE html><p>Hi", "html/2"],
  ["exchange", "", 'User: hi\nAssistant: {"a": 1}', "transcript/3"],
  ["exchange", "", '[{"role":"user","content":"hi"}]', "chat-json/3"],
  ["example", "", "in\tout\n1\t2", "example-table/3"],
  ["example", "", '{"input":"a","output":"b"}', "example-json/2"],
  ["example", "", '{"input":"a","output":"b"}\n{"input":"c","output":"d"}', "example-json/2"],
  ["chunk", "book.md", "Once upon a time", "long-text/2"],
  ["tool", "", '[{"name":"a"}]', "tool-specs/2"],
])("as %s, %j with %j is read as %s", async (kind, name, text, format) => {
  expect((await read(name, text, kind)).format).toBe(format);
});

test("YAML that would take too long is refused with what to do", async () => {
  const long = `openapi: 3.0.0\npaths: {}\nx: ${"y".repeat(2 ** 21)}`;
  await expect(read("long.yaml", long, "tool")).rejects.toMatchObject({
    code: "ingest/too-large",
    message: expect.stringMatching(/^long\.yaml .*Save it as JSON/) as string,
  });
});

test("members named as what every object has are read like any other", async () => {
  const rows = '[{"input": "a", "constructor": "b"}, {"input": "c"}]';
  const options = { input: "input", output: "constructor" };
  const { drafts } = await importFile({ name: "a.json", content: rows }, "example", wordTools, options);
  expect(drafts.map(({ text }) => text)).toEqual(["a\nb"]);

  const own = '{"type": "string", "description": "Its own."}';
  const schema = `{"allOf": [{"properties": {"__proto__": ${own}, "toString": ${own}}}]}`;
  const api = `{"openapi": "3.0.0", "paths": {"/a": {"post": {
    "requestBody": {"content": {"application/json": {"schema": ${schema}}}},
    "responses": {"200": {"content": {"application/json": {"schema": {"type": "constructor"}}}}}}}}}`;
  const { drafts: tools } = await read("api.json", api, "tool");
  expect(tools[0]?.record).toMatchObject({
    optional: [{ name: "__proto__", type: "string" }, { name: "toString", type: "string" }],
    returns: "constructor",
  }); // prettier-ignore
  expect(structuredClone(tools)).toEqual(tools);
});

test("a parser that gives up costs only its own file, by name and reason", async () => {
  const countTokens = (): number => {
    throw new RangeError("Maximum call stack size exceeded");
  };
  await expect(
    importFile({ name: "deep.md", content: "# A\n\nB." }, "document", { countTokens }),
  ).rejects.toMatchObject({
    code: "ingest/unreadable",
    message: expect.stringMatching(/^deep\.md .*Maximum call stack/) as string,
  });
});

test("a very long monologue is one exchange", async () => {
  const content = "Ann: word\n".repeat(150_000) + "Ben: yes\n";
  const { drafts } = await importFile({ name: "talk.txt", content }, "exchange", wordTools);
  expect(drafts.map(({ startUtf16, endUtf16 }) => [startUtf16, endUtf16])).toEqual([
    [0, content.trimEnd().length],
  ]);
});

test("reading a stored source again gives the same passages", async () => {
  const first = await read("a.md", `# A\n\n${"Some words to cut. ".repeat(200)}`);
  expect(await reimport(first, "document", wordTools)).toEqual(first.drafts);
  await expect(reimport({ ...first, format: "markdown/0" }, "document", wordTools)).rejects.toMatchObject({
    code: "ingest/unreadable",
  });
});

test("a table of a million columns is refused", async () => {
  const content = `${"a,".repeat(1e6)}b\n${"1,".repeat(1e6)}2\n`;
  await expect(read("wide.csv", content, "example")).rejects.toMatchObject({
    code: "ingest/unreadable",
    message: expect.stringContaining("1000001 columns") as string,
  });
});

test("the guess of columns is told, can be corrected, and is kept with the source", async () => {
  const content = "id,question,answer,why\n7,Where?,Here,Because\n";
  const guessed = await read("t.csv", content, "example");
  expect(guessed.columns).toEqual({
    names: ["id", "question", "answer", "why"],
    input: "question",
    output: "answer",
    isSure: true,
  });
  const options = { input: "answer", output: "why" };
  const told = await importFile({ name: "t.csv", content }, "example", wordTools, options);
  expect(told.drafts.map(({ text }) => text)).toEqual(["Here\nBecause"]);
  expect(told.format).toBe("example-table/3?input=answer&output=why");
  expect(await reimport(told, "example", wordTools)).toEqual(told.drafts);
  expect((await read("t.csv", "where,here\n", "example")).columns).toMatchObject({
    input: "1",
    isSure: false,
  });
});

test("repeated and clashing tools are named in warnings", async () => {
  const tools = [
    { name: "a" },
    { name: "a" },
    { name: "b", description: "1" },
    { name: "b", description: "2" },
  ];
  const { drafts, notices } = await read("t.json", JSON.stringify(tools), "tool");
  expect(drafts.map(({ text }) => text)).toEqual(["a", "b\n1", "b\n2"]);
  expect(notices.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    "warning: Given more than once and taken once: a.",
    "warning: Different tools share a name, and all were taken: b.",
  ]);
});

test("strings inside JSON come out well-formed", async () => {
  const json = '[{"role":"user","content":"a\\ud800 \\u0000"},{"role":"assistant","content":"b"}]';
  expect((await read("c.json", json, "exchange")).drafts[0]?.text).toBe("a\ufffd \ufffd\nb");
});

test.each(KINDS)("file dialogues are offered exactly what is read as %s", (kind) => {
  const importers = IMPORTERS.filter((one) => one.kind === kind);
  const extractors = EXTRACTORS.filter(({ kinds }) => kinds.includes(kind));
  const read = [".zip", ...[...importers, ...extractors].flatMap(({ extensions }) => extensions)];
  expect([...ACCEPTED[kind].extensions].sort()).toEqual([...new Set(read)].sort());
});

test.each([
  ["a path of another system", "..\\..\\C:\\notes?.md"],
  ["a path that leads out", "../../etc/passwd.md"],
  ["marks that turn the direction round", "invoice\u202Efdp.md"],
  ["half of a character", "broken \ud83d.md"],
  ["emoji, quotes and brackets", "👩‍🚀 \"<b>\" & 'x' #1 %00 .md"],
  ["line ends and NUL", "two\nlines\0.md"],
  ["a long name", `${"long ".repeat(500)}.md`],
])("a name is a name and nothing else: %s", async (_, name) => {
  const { name: kept, drafts } = await read(name, "# Tea\n\nSteep it.");
  expect(drafts).toMatchObject([{ title: "Tea", text: "Steep it." }]);
  expect(kept.isWellFormed()).toBe(true);
  expect(kept).toBe(name.toWellFormed().trim());
});

test.each([
  [
    "Hebrew and Arabic",
    "# \u05ea\u05d4\n\n\u05d7\u05dc\u05d8\u05d5 \u05e9\u05ea\u05d9 \u05d3\u05e7\u05d5\u05ea. \u0627\u0646\u0642\u0639\u0647 \u062f\u0642\u064a\u0642\u062a\u064a\u0646.",
  ],
  ["emoji of many parts", `# 👩‍👩‍👧‍👦\n\n${"🏴‍☠️👍🏽".repeat(400)} end`],
])("places are right in %s", async (_, text) => {
  const { drafts } = await read("a.md", text);
  expect(drafts.length).toBeGreaterThan(0);
  for (const { text: shown, startUtf16, endUtf16 } of drafts) {
    expect(text.slice(startUtf16, endUtf16)).toBe(shown);
    expect(shown.isWellFormed()).toBe(true);
  }
});

test("JSON a hundred thousand levels deep is refused as a document too", async () => {
  await expect(read("deep.json", `${"[".repeat(1e5)}1${"]".repeat(1e5)}`)).rejects.toMatchObject({
    code: "ingest/unreadable",
  });
});
