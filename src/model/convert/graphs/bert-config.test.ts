import { expect, test } from "vitest";
import { parseBertConfig } from "./bert-config.ts";

const config = {
  model_type: "bert",
  architectures: ["BertModel"],
  hidden_act: "gelu",
  hidden_size: 256,
  num_hidden_layers: 3,
  num_attention_heads: 4,
  intermediate_size: 1024,
  vocab_size: 100,
  max_position_embeddings: 512,
};

test("a BERT is read with the epsilon that BERT has by default", () => {
  expect(parseBertConfig(config)).toMatchObject({ hidden: 256, layers: 3, heads: 4, epsilon: 1e-12 });
});

test.each([
  ["model_type", "roberta"],
  ["is_decoder", true],
  ["layer_norm_eps", "1e-12"],
  ["layer_norm_eps", -1],
  ["hidden_act", "relu"],
  ["position_embedding_type", "relative_key"],
  ["num_hidden_layers", "3"],
  ["num_attention_heads", 3],
])("%s = %s would give wrong vectors, so it is refused", (field, value) => {
  expect(() => parseBertConfig({ ...config, [field]: value })).toThrow(
    expect.objectContaining({ code: "model/unsupported", details: { field } }),
  );
});

test("without a model type the class says what it is", () => {
  const { model_type: _, ...rest } = config;
  expect(parseBertConfig(rest)).toMatchObject({ hidden: 256 });
  expect(parseBertConfig({ ...rest, architectures: ["BertForMaskedLM"] })).toMatchObject({ layers: 3 });
  for (const architectures of [["RobertaModel"], ["BertJapaneseTokenizer"], "BertModel", undefined]) {
    expect(() => parseBertConfig({ ...rest, architectures })).toThrow(
      expect.objectContaining({ code: "model/unsupported" }),
    );
  }
});
