/** Names of the weights in the files that Sextant writes: Hugging Face's, with query, key and value in one. */
export const TABLES = {
  words: "embeddings.word_embeddings.weight",
  /** With the first token type added. */
  places: "embeddings.position_embeddings.weight",
  norm: "embeddings.LayerNorm",
} as const;

export function layerNames(layer: number) {
  const at = `encoder.layer.${layer}`;
  return {
    /** Published apart. */
    projections: ["query", "key", "value"].map((part) => `${at}.attention.self.${part}`),
    qkv: `${at}.attention.self.qkv`,
    attended: `${at}.attention.output.dense`,
    attendedNorm: `${at}.attention.output.LayerNorm`,
    wide: `${at}.intermediate.dense`,
    narrow: `${at}.output.dense`,
    narrowNorm: `${at}.output.LayerNorm`,
  };
}
