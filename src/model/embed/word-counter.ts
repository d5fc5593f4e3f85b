import { SextantError, type ModelDescription, type ModelInfo } from "../../contract/index.ts";
import type { ModelManifest } from "../manifest.ts";
import { readVerified, type ModelFiles } from "../source/model-files.ts";
import { parseJsonFile } from "../tokenize/json-file.ts";
import { createTokenizer } from "../tokenize/tokenizer.ts";
import type { Encoder } from "./encoder.ts";

export interface WordCounterOptions {
  /** The entry without a model. */
  readonly entry: Pick<ModelDescription, "id" | "name" | "licence" | "languages" | "prefixes">;
  /** The model whose tokenizer counts. */
  readonly manifest: ModelManifest;
  readonly files: ModelFiles;
}

/** Stands where an encoder stands when texts are searched by words alone: it counts tokens and embeds nothing. */
export async function openWordCounter({ entry, manifest, files }: WordCounterOptions): Promise<Encoder> {
  const startMs = performance.now();
  const { tokenizer, tokenizerConfig } = manifest.files;
  const read = async (file: typeof tokenizer): Promise<object> =>
    parseJsonFile(new TextDecoder().decode(await readVerified(files, file)), file.path);
  const counter = await createTokenizer(await read(tokenizer), await read(tokenizerConfig));
  const { id, name, licence, languages, prefixes } = entry;
  const info: ModelInfo = {
    id,
    name,
    key: id,
    dim: 0,
    maxTokens: manifest.maxTokens,
    similarity: "cosine",
    prefixes,
    sizeBytes: tokenizer.sizeBytes + tokenizerConfig.sizeBytes,
    licence,
    languages,
  };
  return {
    info,
    device: {
      used: "wasm",
      dtype: "fp32",
      arithmetic: "float32",
      adapter: null,
      threads: 1,
      parityCosine: null,
      loadMs: performance.now() - startMs,
    },
    encode: () => Promise.reject(noVectors(name)),
    warm: () => Promise.resolve(),
    countTokens: (texts) => texts.map((text) => counter.count(text)),
    close: () => Promise.resolve(),
  };
}

/** Throws: nothing; makes the error of whoever asks for vectors where there are none. */
export function noVectors(name: string): SextantError {
  return new SextantError(
    "search/no-vectors",
    `${name} has no vectors: search by keywords, or choose a model that embeds.`,
  );
}
