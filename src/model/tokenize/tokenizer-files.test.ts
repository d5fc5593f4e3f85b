import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createMemoryStore } from "../store/memory-store.ts";
import { readJsonFile } from "./json-file.ts";
import { writeTokenizerFiles } from "./tokenizer-files.ts";
import { createTokenizer } from "./tokenizer.ts";
import { checkVocabulary } from "./vocabulary.ts";

interface Golden {
  readonly texts: readonly string[];
  /** By the tokenizer's options. */
  readonly ids: Readonly<Record<string, readonly (readonly number[])[]>>;
}

const golden: Golden = JSON.parse(await readFile(new URL("golden/word-piece.json", import.meta.url), "utf8"));
const SHIPPED = new URL("../../../public/models/mini/", import.meta.url);
const shipped = await readFile(new URL("tokenizer.json", SHIPPED), "utf8");
const shippedConfig = await readFile(new URL("tokenizer_config.json", SHIPPED), "utf8");
const vocab: Record<string, number> = JSON.parse(shipped).model.vocab;
const vocabulary = `${Object.keys(vocab)
  .sort((a, b) => vocab[a]! - vocab[b]!)
  .join("\n")}\n`;

async function folderOf(files: Record<string, string | Uint8Array>) {
  const store = createMemoryStore();
  const source = store.folder("source");
  for (const [path, content] of Object.entries(files)) {
    const sink = await source.create(path);
    await sink.write(typeof content === "string" ? new TextEncoder().encode(content) : content);
    await sink.close();
  }
  return { source, target: store.folder("target") };
}

async function written(files: Record<string, string | Uint8Array>) {
  const { source, target } = await folderOf(files);
  await writeTokenizerFiles(source, target);
  const json = await readJsonFile(target, "tokenizer.json");
  const config = await readJsonFile(target, "tokenizer_config.json");
  return { json, config, tokenizer: await createTokenizer(json, config) };
}

const CONFIGS: Record<string, object> = {
  uncased: { do_lower_case: true, strip_accents: null },
  cased: { do_lower_case: false, tokenizer_class: "BertTokenizer" },
  "cased, accents stripped": {
    do_lower_case: false,
    strip_accents: true,
    tokenizer_class: "BertTokenizerFast",
  },
  "uncased, accents kept": { strip_accents: false },
  "uncased, Chinese not split": { tokenize_chinese_chars: false },
};

test.each(Object.entries(CONFIGS))(
  "a bare vocabulary, %s, gives the ids of the reference",
  async (name, config) => {
    const { tokenizer } = await written({
      "vocab.txt": vocabulary,
      "tokenizer_config.json": JSON.stringify(config),
    });
    const expected = golden.ids[name]!;
    golden.texts.forEach((text, i) =>
      expect([text, ...tokenizer.encode(text, 512)]).toEqual([text, ...expected[i]!]),
    );
  },
);

test("without any configuration BERT's defaults hold, whatever the line endings", async () => {
  const { tokenizer, config, json } = await written({ "vocab.txt": vocabulary.replaceAll("\n", "\r\n") });
  golden.texts.forEach((text, i) => expect(tokenizer.encode(text, 512)).toEqual(golden.ids["uncased"]![i]));
  expect(config).toEqual({ tokenizer_class: "BertTokenizer" });
  expect(() => checkVocabulary(json, Object.keys(vocab).length)).not.toThrow();
});

test("a vocabulary gives the same tokenizer as the shipped file, special tokens in place", async () => {
  const { json } = await written({ "vocab.txt": vocabulary, "tokenizer_config.json": shippedConfig });
  const { truncation, ...expected } = JSON.parse(shipped);
  expect(truncation).toMatchObject({ max_length: 512 });
  expect({ ...json, truncation: undefined }).toEqual(expected);
});

test("a token called __proto__ and the later of two equal tokens keep their lines", async () => {
  const { json } = await written({ "vocab.txt": "[UNK]\n[CLS]\n__proto__\n[SEP]\nagain\nagain\n[PAD]" });
  const { vocab: found } = json["model"] as { vocab: object };
  expect(Object.entries(found)).toEqual([
    ["[UNK]", 0],
    ["[CLS]", 1],
    ["__proto__", 2],
    ["[SEP]", 3],
    ["again", 5],
    ["[PAD]", 6],
  ]);
});

test("tokens may be named by the configuration or by the map of special tokens, and more may be added", async () => {
  const { json, tokenizer } = await written({
    "vocab.txt": "<pad>\n<none>\n[CLS]\n[SEP]\nsail",
    "tokenizer_config.json": JSON.stringify({ pad_token: { content: "<pad>" } }),
    "special_tokens_map.json": JSON.stringify({ unk_token: "<none>", pad_token: "ignored" }),
    "added_tokens.json": JSON.stringify({ "<task>": 5 }),
  });
  expect(json["added_tokens"]).toMatchObject([
    { content: "<pad>", id: 0, special: true },
    { content: "<none>", id: 1, special: true },
    { content: "[CLS]", id: 2 },
    { content: "[SEP]", id: 3 },
    { content: "<task>", id: 5, special: false },
  ]);
  expect(tokenizer.encode("sail mast <task>", 9)).toEqual([2, 4, 1, 5, 3]);
});

test("published tokenizer files arrive byte for byte", async () => {
  const { source, target } = await folderOf({
    "tokenizer.json": shipped,
    "tokenizer_config.json": shippedConfig,
    "vocab.txt": "not\nread",
  });
  await writeTokenizerFiles(source, target);
  for (const path of ["tokenizer.json", "tokenizer_config.json"]) {
    const copy = await target.open(path);
    const published = await readFile(new URL(path, SHIPPED));
    expect(published.equals(await copy.read(0, copy.sizeBytes)), path).toBe(true);
  }
  expect((await target.list()).map(({ path }) => path).sort()).toEqual([
    "tokenizer.json",
    "tokenizer_config.json",
  ]);
});

const deep = `${"[".repeat(200_000)}`;

test.each([
  ["neither file", {}, "model/not-found", "vocab.txt"],
  ["no JSON", { "tokenizer.json": "{" }, "model/corrupt", "tokenizer.json"],
  ["JSON without end", { "tokenizer.json": deep }, "model/corrupt", "tokenizer.json"],
  ["a list", { "tokenizer.json": "[]" }, "model/corrupt", "tokenizer.json"],
  ["no model", { "tokenizer.json": '{"model":"BPE"}' }, "model/corrupt", "tokenizer.json"],
  ["no text", { "vocab.txt": new Uint8Array([0xff, 0xfe, 0]) }, "model/corrupt", "vocab.txt"],
  ["an empty vocabulary", { "vocab.txt": "" }, "model/corrupt", "vocab.txt"],
  [
    "a wrong flag",
    { "vocab.txt": "a", "tokenizer_config.json": '{"do_lower_case":"yes"}' },
    "model/corrupt",
    "tokenizer_config.json",
  ],
  [
    "an added token without id",
    { "vocab.txt": "a", "added_tokens.json": '{"b":-1}' },
    "model/corrupt",
    "added_tokens.json",
  ],
  [
    "another class",
    { "vocab.txt": "a", "tokenizer_config.json": '{"tokenizer_class":"MPNetTokenizer"}' },
    "model/unsupported",
    "MPNetTokenizer",
  ],
  [
    "no basic tokenizer",
    { "vocab.txt": "a", "tokenizer_config.json": '{"do_basic_tokenize":false}' },
    "model/unsupported",
    "vocab.txt",
  ],
])("%s is refused with the file's name", async (_, files, code, named) => {
  const { source, target } = await folderOf(files as Record<string, string>);
  const error: unknown = await writeTokenizerFiles(source, target).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, message: expect.stringContaining(named) });
});

test("a file too large to be a vocabulary is not read", async () => {
  const { source, target } = await folderOf({ "tokenizer.json": "{}" });
  const huge = {
    ...source,
    open: async () => ({ sizeBytes: 2 ** 40, read: () => Promise.reject(new Error("read")) }),
  };
  await expect(writeTokenizerFiles(huge, target)).rejects.toMatchObject({ code: "model/too-large" });
});

test.each([
  ["no pre-tokenizer of that name", { pre_tokenizer: { type: "Nonsense" } }],
  ["no added tokens", { added_tokens: 7 }],
  ["no normalizer", { normalizer: undefined }],
])("a tokenizer.json with %s is corrupt when it is built", async (_, change) => {
  await expect(createTokenizer({ ...JSON.parse(shipped), ...change }, {})).rejects.toMatchObject({
    code: "model/corrupt",
    message: expect.stringContaining("tokenizer.json"),
  });
});
