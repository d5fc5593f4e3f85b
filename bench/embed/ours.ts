import type { Dtype, Pooling } from "../../src/contract/index.ts";
import { openStored, type StoredWeights } from "../../src/model/convert/stored.ts";
import { parseBertConfig } from "../../src/model/convert/graphs/bert-config.ts";
import { openEncoder, type BertConfig, type Gpu, type ModelFiles } from "../../src/model/index.ts";
import { parseManifest } from "../../src/model/library/parse-manifest.ts";
import { MANIFEST_PATH, weightsOf } from "../../src/model/manifest.ts";
import { createTokenizer } from "../../src/model/tokenize/tokenizer.ts";

/** Turns texts into unit vectors f32[texts, dim]. */
export type Embed = (texts: readonly string[]) => Promise<Float32Array>;

/** What the bench must know of a model in Sextant's layout. */
export interface BenchModel {
  readonly id: string;
  readonly dim: number;
  readonly pooling: Pooling;
  readonly config: BertConfig;
  /** Of one word, without [CLS] and [SEP]. */
  countTokens(word: string): number;
  /** The stored numbers, from which a graph of another form can be built. */
  weights(): Promise<StoredWeights>;
  open(gpu: Gpu | null, threads: number): Promise<OpenedModel>;
}

export interface OpenedModel {
  readonly embed: Embed;
  /** With the reference vectors, at load. */
  readonly parityCosine: number | null;
}

/** Reads what is known of a model; its weights only when they are asked for. */
export async function readModel(files: ModelFiles, dtype: Dtype): Promise<BenchModel> {
  const text = async (path: string) => new TextDecoder().decode(await files.read(path));
  const json = async (path: string) => JSON.parse(await text(path)) as object;
  const manifest = parseManifest(await text(MANIFEST_PATH));
  const { id, dim, maxTokens, pooling } = manifest;
  const { path } = weightsOf(manifest, dtype);
  const tokenizer = await createTokenizer(
    await json(manifest.files.tokenizer.path),
    await json(manifest.files.tokenizerConfig.path),
  );
  return {
    id,
    dim,
    pooling,
    config: parseBertConfig(await json(manifest.files.config.path)),
    countTokens: (word) => tokenizer.count(word),
    weights: async () => openStored(await files.read(path), path),
    async open(gpu, threads) {
      const encoder = await openEncoder({ manifest, files, gpu, dtype, threads });
      return {
        parityCosine: encoder.device.parityCosine,
        embed: async (texts) => {
          const urgency = texts.length === 1 ? "now" : "later";
          const { vectors } = await encoder.encode(texts, { limitTokens: maxTokens, urgency });
          return vectors;
        },
      };
    },
  };
}
