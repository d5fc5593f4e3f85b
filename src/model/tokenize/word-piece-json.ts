import { SextantError } from "../../contract/index.ts";
import { corrupt, isJsonObject, type JsonObject } from "./json-file.ts";

/** A vocabulary of more lines than this is none; the largest of a BERT has 250,000. */
const MOST_TOKENS = 2_000_000;

/** Classes whose `vocab.txt` is a WordPiece vocabulary under BERT's rules. */
const BERT_CLASSES = ["BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "RetriBertTokenizer"];

/** Source: transformers, models/bert/tokenization_bert.py, BertTokenizer.__init__. */
const DEFAULT_TOKENS = {
  pad_token: "[PAD]",
  unk_token: "[UNK]",
  cls_token: "[CLS]",
  sep_token: "[SEP]",
  mask_token: "[MASK]",
};

export interface VocabularyFiles {
  /** The content of `vocab.txt`: one token a line, its id is the line's number from 0. */
  readonly vocabulary: string;
  /** The contents of `tokenizer_config.json`, `special_tokens_map.json` and `added_tokens.json`; empty where missing. */
  readonly config: JsonObject;
  readonly specialTokens: JsonObject;
  readonly addedTokens: JsonObject;
}

/**
 * Builds the `tokenizer.json` that Hugging Face's converter makes of a BERT vocabulary.
 *
 * Throws: `model/unsupported` for the vocabulary of another tokenizer, `model/corrupt`.
 * Source: transformers, convert_slow_tokenizer.py, BertConverter.
 */
export function vocabularyToTokenizerJson(files: VocabularyFiles): JsonObject {
  const { config } = files;
  assertBert(config);
  const idsByToken = parseVocabulary(files.vocabulary);
  const special = Object.fromEntries(
    Object.entries(DEFAULT_TOKENS).map(([role, usual]) => [
      role,
      tokenOf(config[role]) ?? tokenOf(files.specialTokens[role]) ?? usual,
    ]),
  ) as Record<keyof typeof DEFAULT_TOKENS, string>;
  const specialIds = Object.values(special).flatMap((token): [string, number][] => {
    const id = idsByToken.get(token);
    return id === undefined ? [] : [[token, id]];
  });
  const added = parseAdded(files.addedTokens).filter(([token]) => !idsByToken.has(token));
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [
      ...specialIds.map(([content, id]) => addedToken(content, id, true)),
      ...added.map(([content, id]) => addedToken(content, id, false)),
    ].sort((a, b) => a.id - b.id),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: flag(config, "tokenize_chinese_chars", true),
      strip_accents: flag(config, "strip_accents", null),
      lowercase: flag(config, "do_lower_case", true),
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: postProcessor(special.cls_token, special.sep_token, idsByToken),
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: special.unk_token,
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(idsByToken),
    },
  };
}

/** As Python reads it: any line ending, and of two equal tokens the later id counts. */
function parseVocabulary(text: string): ReadonlyMap<string, number> {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length === 0 || lines.length > MOST_TOKENS)
    throw corrupt("vocab.txt", `it has ${lines.length} lines and is no vocabulary`);
  return new Map(lines.map((token, id) => [token, id]));
}

function postProcessor(cls: string, sep: string, idsByToken: ReadonlyMap<string, number>): JsonObject {
  const token = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
  const text = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
  const known = (id: string) => [id, { id, ids: [idsByToken.get(id) ?? 0], tokens: [id] }] as const;
  return {
    type: "TemplateProcessing",
    single: [token(cls, 0), text("A", 0), token(sep, 0)],
    pair: [token(cls, 0), text("A", 0), token(sep, 0), text("B", 1), token(sep, 1)],
    special_tokens: Object.fromEntries([known(cls), known(sep)]),
  };
}

function addedToken(content: string, id: number, special: boolean) {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: !special, special };
}

function parseAdded(json: JsonObject): [string, number][] {
  return Object.entries(json).map(([token, id]) => {
    if (typeof id === "number" && Number.isInteger(id) && id >= 0) return [token, id];
    throw corrupt("added_tokens.json", `"${token.slice(0, 40)}" has no id`);
  });
}

/** A token stands as a string or, in older files, as an object with its `content`. */
function tokenOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  return isJsonObject(value) && typeof value["content"] === "string" ? value["content"] : null;
}

function flag<T>(config: JsonObject, name: string, usual: T): boolean | T {
  const value = config[name] ?? usual;
  if (typeof value === "boolean" || value === usual) return value as boolean | T;
  throw corrupt("tokenizer_config.json", `${name} is neither true nor false`);
}

function assertBert({ tokenizer_class: tokenizerClass, do_basic_tokenize: splits }: JsonObject): void {
  const name = typeof tokenizerClass === "string" ? tokenizerClass.replace(/Fast$/, "") : tokenizerClass;
  const known = name === undefined || name === null || BERT_CLASSES.some((own) => own === name);
  if (known && splits !== false) return;
  throw new SextantError(
    "model/unsupported",
    `The model's vocab.txt belongs to another tokenizer than BERT's (${String(name).slice(0, 60)}). Add the model's tokenizer.json, or choose another model.`,
    { file: "tokenizer_config.json" },
  );
}
