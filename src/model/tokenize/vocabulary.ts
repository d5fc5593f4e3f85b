import { SextantError } from "../../contract/index.ts";
import { corrupt, isJsonObject, type JsonObject } from "./json-file.ts";

/** What BERT puts around and into texts; every one of them must be in the vocabulary. */
const SPECIAL_TOKENS = ["[CLS]", "[SEP]", "[PAD]", "[UNK]"];

/**
 * Assures that every id that the tokenizer can give has a row in the embedding matrix.
 *
 * Throws: `model/corrupt` for ids without a row and for a file that is no tokenizer; `model/unsupported` for another
 * kind of vocabulary than BERT's, or one without its special tokens.
 */
export function checkVocabulary(
  tokenizerJson: unknown,
  vocabularyRows: number,
  file = "tokenizer.json",
): void {
  if (!isJsonObject(tokenizerJson) || !isJsonObject(tokenizerJson["model"]))
    throw corrupt(file, "it describes no tokenizer");
  const { type = "WordPiece", vocab } = tokenizerJson["model"];
  if (type !== "WordPiece") throw unsupported(file, `its vocabulary is of the kind ${String(type)}`);
  if (!isJsonObject(vocab)) throw corrupt(file, "it has no vocabulary");
  const idsByToken = new Map<string, unknown>([
    ...Object.entries(vocab),
    ...addedTokens(tokenizerJson, file),
  ]);
  for (const [token, id] of idsByToken) {
    if (typeof id !== "number" || !Number.isInteger(id) || id < 0)
      throw corrupt(file, `the token "${token.slice(0, 40)}" has no id`);
    if (id >= vocabularyRows) {
      throw corrupt(
        file,
        `the token "${token.slice(0, 40)}" has the id ${id}, but the weights know only ${vocabularyRows} tokens, so vocabulary and weights are not of one model`,
      );
    }
  }
  for (const token of SPECIAL_TOKENS) {
    if (!idsByToken.has(token)) throw unsupported(file, `its vocabulary has no ${token}`);
  }
}

function addedTokens(json: JsonObject, file: string): [string, unknown][] {
  const added = json["added_tokens"] ?? [];
  if (!Array.isArray(added)) throw corrupt(file, "its added tokens are no list");
  return added.map((token: unknown) => {
    if (isJsonObject(token) && typeof token["content"] === "string") return [token["content"], token["id"]];
    throw corrupt(file, "one of its added tokens is none");
  });
}

function unsupported(file: string, why: string): SextantError {
  return new SextantError(
    "model/unsupported",
    `The model's file ${file} is no BERT tokenizer: ${why}. Choose another model.`,
    { file },
  );
}
