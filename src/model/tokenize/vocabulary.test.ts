import { expect, test } from "vitest";
import { checkVocabulary } from "./vocabulary.ts";

const vocab = { "[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, sail: 4 };
const tokenizer = (change: object = {}, model: object = {}) => ({
  added_tokens: [{ content: "<task>", id: 5 }],
  model: { type: "WordPiece", vocab, ...model },
  ...change,
});

test("every id has a row, and rows may be left over", () => {
  expect(() => checkVocabulary(tokenizer(), 6)).not.toThrow();
  expect(() => checkVocabulary(tokenizer(), 30_522)).not.toThrow();
});

test.each([
  ["a token of the vocabulary", tokenizer({ added_tokens: [] }), 4, "sail"],
  ["an added token", tokenizer(), 5, "<task>"],
])("%s without a row in the weights is corrupt", (_, json, rows, token) => {
  expect(() => checkVocabulary(json, rows, "mine.json")).toThrow(
    expect.objectContaining({ code: "model/corrupt", message: expect.stringMatching(`mine.json.*${token}`) }),
  );
});

test.each(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])("a vocabulary without %s is no BERT's", (token) => {
  const others = Object.fromEntries(Object.entries(vocab).filter(([known]) => known !== token));
  expect(() => checkVocabulary(tokenizer({}, { vocab: others }), 6)).toThrow(
    expect.objectContaining({ code: "model/unsupported", message: expect.stringContaining(token) }),
  );
});

test("special tokens may be among the added ones only", () => {
  const added_tokens = Object.entries(vocab).map(([content, id]) => ({ content, id }));
  expect(() => checkVocabulary(tokenizer({ added_tokens }, { vocab: {} }), 5)).not.toThrow();
});

test.each([
  ["another kind", tokenizer({}, { type: "BPE" }), "model/unsupported"],
  ["a list for a vocabulary", tokenizer({}, { vocab: [["a", 0]] }), "model/corrupt"],
  ["an id that is a string", tokenizer({}, { vocab: { ...vocab, a: "7" } }), "model/corrupt"],
  ["a broken id", tokenizer({}, { vocab: { ...vocab, a: 1.5 } }), "model/corrupt"],
  ["an id below zero", tokenizer({}, { vocab: { ...vocab, a: -1 } }), "model/corrupt"],
  ["added tokens that are none", tokenizer({ added_tokens: [null] }), "model/corrupt"],
  ["added tokens that are no list", tokenizer({ added_tokens: "x" }), "model/corrupt"],
  ["no model", {}, "model/corrupt"],
  ["nothing", null, "model/corrupt"],
])("%s is refused", (_, json, code) => {
  expect(() => checkVocabulary(json, 100)).toThrow(expect.objectContaining({ code }));
});
