import { SextantError } from "../../contract/index.ts";
import type { Folder, WritableFolder } from "../folder.ts";
import {
  copyFile,
  corrupt,
  isJsonObject,
  readJsonFile,
  readTextFile,
  writeJsonFile,
  type JsonObject,
} from "./json-file.ts";
import { vocabularyToTokenizerJson } from "./word-piece-json.ts";

const TOKENIZER = "tokenizer.json";
const CONFIG = "tokenizer_config.json";
const VOCABULARY = "vocab.txt";

/**
 * Puts `tokenizer.json` and `tokenizer_config.json` into `target`: copied where `source` has them, otherwise made from
 * `vocab.txt` and BERT's defaults.
 *
 * Throws: `model/not-found` when there is neither, `model/corrupt`, `model/unsupported`, `model/too-large`, each naming
 * the file; `storage/full`.
 */
export async function writeTokenizerFiles(source: Folder, target: WritableFolder): Promise<void> {
  const paths = new Set((await source.list()).map(({ path }) => path));
  const readOr = (path: string): Promise<JsonObject> =>
    paths.has(path) ? readJsonFile(source, path) : Promise.resolve({});
  const config = await readOr(CONFIG);
  let tokenizerClass = "BertTokenizer";

  if (paths.has(TOKENIZER)) {
    const { model } = await readJsonFile(source, TOKENIZER);
    if (!isJsonObject(model)) throw corrupt(TOKENIZER, "it describes no tokenizer");
    if (model["type"] !== "WordPiece") tokenizerClass = "PreTrainedTokenizer";
    await copyFile(source, target, TOKENIZER);
  } else if (paths.has(VOCABULARY)) {
    const json = vocabularyToTokenizerJson({
      vocabulary: await readTextFile(source, VOCABULARY),
      config,
      specialTokens: await readOr("special_tokens_map.json"),
      addedTokens: await readOr("added_tokens.json"),
    });
    await writeJsonFile(target, TOKENIZER, json);
  } else {
    throw new SextantError(
      "model/not-found",
      "The model has no vocabulary: neither tokenizer.json nor vocab.txt. Add one of these files.",
      { file: TOKENIZER },
    );
  }

  if (paths.has(CONFIG)) await copyFile(source, target, CONFIG);
  else await writeJsonFile(target, CONFIG, { tokenizer_class: tokenizerClass });
}
