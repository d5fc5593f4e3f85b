import type { Dtype, Pooling } from "../../src/contract/index.ts";
import {
  createHttpFiles,
  mini,
  openEncoder,
  openWeights,
  parseBertConfig,
  readSafetensors,
  type BertConfig,
  type Gpu,
  type Weights,
} from "../../src/model/index.ts";
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
  weights(): Promise<Weights>;
  open(gpu: Gpu | null, threads: number): Promise<Embed>;
}

/** Reads what is known of the model below a URL that ends in a slash; its weights only when they are asked for. */
export async function readModel(url: string, dtype: Dtype): Promise<BenchModel> {
  const files = createHttpFiles(url);
  const json = async (path: string) => JSON.parse(new TextDecoder().decode(await files.read(path))) as object;
  const tokenizer = await createTokenizer(await json("tokenizer.json"), await json("tokenizer_config.json"));
  return {
    id: mini.id,
    dim: mini.dim,
    pooling: mini.pooling,
    config: parseBertConfig(await json("config.json")),
    countTokens: (word) => tokenizer.count(word),
    weights: async () => openWeights(readSafetensors(await files.read(mini.files.weights.path))),
    async open(gpu, threads) {
      const encoder = await openEncoder({ model: mini, files, gpu, dtype, threads });
      return async (texts) => {
        const urgency = texts.length === 1 ? "now" : "later";
        const { vectors } = await encoder.encode(texts, { limitTokens: mini.maxTokens, urgency });
        return vectors;
      };
    },
  };
}
