/** The sizes of a BERT encoder, named as the options of the command. */
export interface BertShape {
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly intermediate: number;
  readonly vocabulary: number;
  readonly positions: number;
}

/** Source: config.json of BAAI/llm-embedder, BERT-base. */
export const LLM_EMBEDDER_SHAPE: BertShape = {
  layers: 12,
  hidden: 768,
  heads: 12,
  intermediate: 3072,
  vocabulary: 30522,
  positions: 512,
};

/** A tensor of the published file and how its values are drawn. */
export interface TensorPlan {
  readonly name: string;
  readonly shape: readonly number[];
  readonly mean: number;
  /** Standard deviation. */
  readonly spread: number;
}

const TYPES = 2;

/** Of trained BERTs: word embeddings 0.04–0.05, positions and types less, gains near 1. */
const SPREAD = { words: 0.05, places: 0.02, bias: 0.05, gain: 0.1 } as const;

/** BERT's before training. Source: `initializer_range` of its config.json. */
const INITIAL_SPREAD = 0.02;

export const WEIGHT_STATES = ["trained", "initial"] as const;
export type WeightState = (typeof WEIGHT_STATES)[number];

/**
 * What a BertModel's state dict holds, in its order.
 *
 * `trained`: a matrix has a standard deviation of 1.1/√(its input size): 0.04 and, in the second half of the feed-forward
 * part, 0.02 at BERT-base's sizes, as trained ones have. Whatever the shape, products then keep a deviation near 1:
 * attention is neither uniform nor one-hot, and the last layer's values stay within a few units.
 * `initial`: matrices and tables as before training. Gains and biases are random all the same, so that one that is left
 * out shows.
 */
export function planTensors(
  { layers, hidden, intermediate, vocabulary, positions }: BertShape,
  state: WeightState = "trained",
): TensorPlan[] {
  const initial = state === "initial" ? INITIAL_SPREAD : null;
  const table = (name: string, rows: number, spread: number): TensorPlan => ({
    name: `embeddings.${name}_embeddings.weight`,
    shape: [rows, hidden],
    mean: 0,
    spread: initial ?? spread,
  });
  const norm = (name: string): TensorPlan[] => [
    { name: `${name}.LayerNorm.weight`, shape: [hidden], mean: 1, spread: SPREAD.gain },
    { name: `${name}.LayerNorm.bias`, shape: [hidden], mean: 0, spread: SPREAD.bias },
  ];
  const dense = (name: string, rows: number, columns: number): TensorPlan[] => [
    { name: `${name}.weight`, shape: [rows, columns], mean: 0, spread: initial ?? 1.1 / Math.sqrt(columns) },
    { name: `${name}.bias`, shape: [rows], mean: 0, spread: SPREAD.bias },
  ];
  const layer = (at: string): TensorPlan[] => [
    ...dense(`${at}.attention.self.query`, hidden, hidden),
    ...dense(`${at}.attention.self.key`, hidden, hidden),
    ...dense(`${at}.attention.self.value`, hidden, hidden),
    ...dense(`${at}.attention.output.dense`, hidden, hidden),
    ...norm(`${at}.attention.output`),
    ...dense(`${at}.intermediate.dense`, intermediate, hidden),
    ...dense(`${at}.output.dense`, hidden, intermediate),
    ...norm(`${at}.output`),
  ];
  return [
    table("word", vocabulary, SPREAD.words),
    table("position", positions, SPREAD.places),
    table("token_type", TYPES, SPREAD.places),
    ...norm("embeddings"),
    ...Array.from({ length: layers }, (_, i) => layer(`encoder.layer.${i}`)).flat(),
    ...dense("pooler.dense", hidden, hidden),
  ];
}

/** As Hugging Face writes it. */
export function formatConfig(shape: BertShape, dtype: "float32" | "float16" | "bfloat16"): object {
  return {
    architectures: ["BertModel"],
    attention_probs_dropout_prob: 0.1,
    classifier_dropout: null,
    gradient_checkpointing: false,
    hidden_act: "gelu",
    hidden_dropout_prob: 0.1,
    hidden_size: shape.hidden,
    initializer_range: 0.02,
    intermediate_size: shape.intermediate,
    layer_norm_eps: 1e-12,
    max_position_embeddings: shape.positions,
    model_type: "bert",
    num_attention_heads: shape.heads,
    num_hidden_layers: shape.layers,
    pad_token_id: 0,
    position_embedding_type: "absolute",
    torch_dtype: dtype,
    transformers_version: "4.30.0",
    type_vocab_size: TYPES,
    use_cache: true,
    vocab_size: shape.vocabulary,
  };
}
