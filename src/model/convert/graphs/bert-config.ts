import { SextantError } from "../../../contract/index.ts";

/** The sizes of a BERT encoder. */
export interface BertConfig {
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly intermediate: number;
  readonly vocabulary: number;
  readonly positions: number;
  readonly epsilon: number;
}

/** What the graph computes and nothing else: another value of these fields would give wrong vectors. */
const FIXED: Readonly<Record<string, unknown>> = {
  model_type: "bert",
  hidden_act: "gelu",
  position_embedding_type: "absolute",
  is_decoder: false,
  add_cross_attention: false,
};

/** Classes of Hugging Face's BERT: what is around the encoder is left out. */
const BERT_CLASS = /^Bert(?:Model|For\w+)$/;

/** Reads a Hugging Face `config.json`. Throws: `model/unsupported` when the model is no plain BERT encoder. */
export function parseBertConfig(json: unknown): BertConfig {
  const fields = typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  for (const [field, value] of Object.entries(FIXED)) {
    if (fields[field] !== value && fields[field] !== undefined) throw unsupported(field, fields[field]);
  }
  if (fields["model_type"] === undefined && !namesBert(fields["architectures"])) {
    const field = "architectures" in fields ? "architectures" : "model_type";
    throw unsupported(field, fields[field]);
  }
  const size = (field: string): number => {
    const value = fields[field];
    if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
    throw unsupported(field, value);
  };
  const epsilon = fields["layer_norm_eps"] ?? 1e-12;
  if (typeof epsilon !== "number" || !(epsilon > 0 && epsilon < 1)) {
    throw unsupported("layer_norm_eps", epsilon);
  }
  const config = {
    hidden: size("hidden_size"),
    layers: size("num_hidden_layers"),
    heads: size("num_attention_heads"),
    intermediate: size("intermediate_size"),
    vocabulary: size("vocab_size"),
    positions: size("max_position_embeddings"),
    epsilon,
  };
  if (config.hidden % config.heads !== 0) throw unsupported("num_attention_heads", config.heads);
  return config;
}

function namesBert(architectures: unknown): boolean {
  return Array.isArray(architectures) && architectures.some((name) => BERT_CLASS.test(String(name)));
}

function unsupported(field: string, value: unknown): SextantError {
  return new SextantError(
    "model/unsupported",
    `This is no BERT encoder that Sextant can run: config.json says ${field} = ${JSON.stringify(value) ?? "nothing"}. Choose another model.`,
    { field },
  );
}
