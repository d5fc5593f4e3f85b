import {
  SextantError,
  type AddModelRequest,
  type ModelDescription,
  type Pooling,
  type Prefixes,
  type Similarity,
} from "../../contract/index.ts";
import { parseBertConfig } from "../convert/graphs/bert-config.ts";
import type { Folder } from "../folder.ts";
import { readJsonFile, type JsonObject } from "../tokenize/json-file.ts";

/** What is known of a model outside the catalog before its files are read. */
export interface Told {
  readonly id: string;
  readonly name: string;
  readonly repository: string | null;
  readonly revision: string | null;
  readonly licence: string | null;
  readonly languages: readonly string[];
}

export const NOT_STATED = "not stated";

/** Reads one of a model's files; `{}` when it is not there. */
type ReadJson = (path: string) => Promise<JsonObject>;

/**
 * Describes a model by what its own files say, and names what they do not say.
 *
 * Throws: `model/unsupported` when its vectors are pooled in a way that Sextant does not know; `model/corrupt`.
 * Source: the files of sentence-transformers (`modules.json`, `1_Pooling/config.json`, `sentence_bert_config.json`,
 * `config_sentence_transformers.json`) as their classes Pooling, Transformer and SentenceTransformer read them.
 */
export async function describeModel(
  told: Told,
  folder: Folder,
  wish: Pick<AddModelRequest, "pooling" | "prefixes">,
): Promise<ModelDescription> {
  const paths = new Set((await folder.list()).map(({ path }) => path));
  const read: ReadJson = async (path) => (paths.has(path) ? readJsonFile(folder, path) : {});
  const unknown: string[] = [];
  const orElse = <T>(found: T | null, assumed: T, sentence: string): T => {
    if (found === null) unknown.push(sentence);
    return found ?? assumed;
  };

  const config = await read("config.json");
  const spoken = await read("config_sentence_transformers.json");
  return {
    ...told,
    architecture: isBert(config) ? "bert" : "other",
    dim: count(config["hidden_size"]),
    maxTokens: await longest(config, read),
    pooling: orElse(
      wish.pooling ?? (await poolingOf(read)),
      "mean",
      "The files do not say how the tokens' vectors become one; the mean is assumed.",
    ),
    similarity: await similarityOf(spoken, paths.has("modules.json") ? folder : null),
    prefixes: orElse<Prefixes>(
      wish.prefixes ?? promptsOf(spoken),
      { query: "", key: "" },
      "The files name no instructions; none are put in front of texts.",
    ),
    licence: orElse(told.licence, NOT_STATED, "No licence is stated."),
    unknown,
  };
}

/** Nothing but what the contract names: manifests and catalogs hold more. */
export function descriptionOf(model: ModelDescription): ModelDescription {
  const { id, name, repository, revision, architecture, dim, maxTokens } = model;
  const { pooling, similarity, prefixes, languages, licence, unknown } = model;
  const sizes = { dim, maxTokens };
  const vectors = { pooling, similarity, prefixes };
  return { id, name, repository, revision, architecture, ...sizes, ...vectors, languages, licence, unknown };
}

/** Whether Sextant's own graph computes it. */
export function isBert(config: unknown): boolean {
  try {
    parseBertConfig(config);
    return true;
  } catch {
    return false;
  }
}

async function poolingOf(read: ReadJson): Promise<Pooling | null> {
  const pooling = await read("1_Pooling/config.json");
  const named = typeof pooling["pooling_mode"] === "string" ? [pooling["pooling_mode"]] : [];
  const switched = Object.keys(pooling).filter(
    (key) => key.startsWith("pooling_mode_") && pooling[key] === true,
  );
  const modes = [...named, ...switched].map((mode) => mode.replace(/^pooling_mode_|_tokens?$/g, ""));
  if (modes.length === 0) return null;
  const [mode] = modes;
  if (modes.length === 1 && (mode === "cls" || mode === "mean")) return mode;
  throw new SextantError(
    "model/unsupported",
    `This model joins its tokens' vectors by ${modes.join(" and ")}, which Sextant does not compute. Choose another model.`,
    { file: "1_Pooling/config.json" },
  );
}

async function longest(config: JsonObject, read: ReadJson): Promise<number | null> {
  const { max_seq_length: sentence } = await read("sentence_bert_config.json");
  const { model_max_length: tokenizer } = await read("tokenizer_config.json");
  const said = [config["max_position_embeddings"], sentence, tokenizer]
    .map(count)
    // Tokenizers without a limit state 1e30.
    .filter((length): length is number => length !== null && length < 1_000_000);
  return said.length === 0 ? null : Math.min(...said);
}

/** A model that does not normalise and says `dot` is compared by inner product; Sextant normalises all others. */
async function similarityOf(spoken: JsonObject, modules: Folder | null): Promise<Similarity> {
  if (!["dot", "dot_score"].includes(String(spoken["similarity_fn_name"]))) return "cosine";
  if (modules === null) return "inner-product";
  const source = await modules.open("modules.json");
  const text = new TextDecoder().decode(await source.read(0, source.sizeBytes));
  return /\bNormalize\b/.test(text) ? "cosine" : "inner-product";
}

function promptsOf(spoken: JsonObject): Prefixes | null {
  const prompts = spoken["prompts"];
  if (typeof prompts !== "object" || prompts === null) return null;
  const text = (...names: readonly string[]): string | null => {
    const found = names.map((name) => (prompts as Record<string, unknown>)[name]);
    return found.find((prompt): prompt is string => typeof prompt === "string") ?? null;
  };
  const query = text("query");
  const key = text("document", "passage", "corpus");
  return query === null && key === null ? null : { query: query ?? "", key: key ?? "" };
}

function count(value: unknown): number | null {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : null;
}
