import { SextantError } from "../../contract/index.ts";
import { corrupt } from "./json-file.ts";

/** Turns text into the ids of a BERT vocabulary. */
export interface TextTokenizer {
  /** [CLS], the first word pieces of the text, [SEP]: at most `limitTokens` ids in all. */
  encode(text: string, limitTokens: number): number[];
  /** Word pieces of the whole text, without [CLS] and [SEP]. */
  count(text: string): number;
}

/** A piece covers at most a word, and WordPiece gives up on words over 100 characters. */
const LONGEST_WORD = 100;

/**
 * Builds a tokenizer from the contents of `tokenizer.json` and `tokenizer_config.json`.
 *
 * It is transformers.js's tokenizer, taken from the package in which transformers.js 4 keeps it: 11 KB (gzip) where
 * the whole library is 154 KB and brings a second copy of the ONNX runtime's loader. A test holds both to the same ids.
 * Truncation is done here, because transformers.js drops the closing [SEP] when it cuts.
 *
 * Throws: `model/corrupt` for what is no tokenizer, `model/unsupported` without [CLS] and [SEP].
 */
export async function createTokenizer(json: object, config: object): Promise<TextTokenizer> {
  const { Tokenizer } = await import("@huggingface/tokenizers");
  const tokenizer = build(() => new Tokenizer(json, config));
  const pieces = (text: string): number[] =>
    tokenizer.encode(text.toWellFormed(), { add_special_tokens: false }).ids;
  const special = (token: string): number => {
    const id = tokenizer.token_to_id(token);
    if (id !== undefined) return id;
    throw new SextantError(
      "model/unsupported",
      `The model's vocabulary has no ${token}, so it is no BERT vocabulary. Choose another model.`,
      { token },
    );
  };
  const cls = special("[CLS]");
  const sep = special("[SEP]");

  /** Pieces of a beginning of `text` that is long enough for the first `wanted` of them to be right. */
  function head(text: string, wanted: number): number[] {
    for (let length = wanted * 16; length < text.length; length *= 4) {
      const found = pieces(text.slice(0, length));
      if (found.length >= wanted + LONGEST_WORD) return found;
    }
    return pieces(text);
  }

  return {
    encode(text, limitTokens) {
      const room = Math.max(0, limitTokens - 2);
      return [cls, ...head(text, room).slice(0, room), sep];
    },
    count: (text) => pieces(text).length,
  };
}

/** The library throws whatever its code stumbles over. */
function build<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw corrupt("tokenizer.json", "it describes no tokenizer that can be built", error);
  }
}
