import { createGraph, type BuiltModel, type Value } from "../onnx/graph.ts";
import { gemm, reshape } from "../onnx/ops/standard.ts";
import type { BertConfig } from "./bert-config.ts";
import { layerNames } from "./names.ts";
import { plainLayer } from "./plain-layer.ts";

/** A weight of one layer, as it is published: [outputs, inputs], or a vector. */
export interface LayerWeight {
  /** Of the input port, and of the published tensor below `encoder.layer.<n>.`. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** The weights of the first layer, whose names become those of another by its number. */
export function layerWeights({ hidden, intermediate }: BertConfig): LayerWeight[] {
  const names = layerNames(0);
  const dense = (name: string, outputs: number, inputs: number): LayerWeight[] => [
    { name: `${name}.weight`, shape: [outputs, inputs] },
    { name: `${name}.bias`, shape: [outputs] },
  ];
  const norm = (name: string): LayerWeight[] => [
    { name: `${name}.weight`, shape: [hidden] },
    { name: `${name}.bias`, shape: [hidden] },
  ];
  return [
    ...names.projections.flatMap((name) => dense(name, hidden, hidden)),
    ...dense(names.attended, hidden, hidden),
    ...norm(names.attendedNorm),
    ...dense(names.wide, intermediate, hidden),
    ...dense(names.narrow, hidden, intermediate),
    ...norm(names.narrowNorm),
  ];
}

/**
 * Builds one layer whose weights are inputs, in the layout in which they are published and in standard operators: it
 * shares no transposition, packing or fused kernel with what it is the oracle of.
 *
 * Shape: x f32[1, S, hidden] and `layerWeights` → f32[1, S, hidden].
 */
export function buildReferenceLayer(config: BertConfig): BuiltModel {
  const { hidden } = config;
  const names = layerNames(0);
  const g = createGraph("bert_layer");
  const x = g.input("x", "float32", [1, "length", hidden]);
  for (const { name, shape } of layerWeights(config)) g.input(name, "float32", shape);
  const dense =
    (name: string, inputs: number, outputs: number) =>
    (y: Value): Value => {
      const product = gemm(g, reshape(g, y, [-1, inputs]), `${name}.weight`, `${name}.bias`);
      return reshape(g, product, [1, -1, outputs]);
    };
  const [query = "", key = "", value = ""] = names.projections;
  const y = plainLayer(g, config, x, null, {
    projections: (from) => [
      dense(query, hidden, hidden)(from),
      dense(key, hidden, hidden)(from),
      dense(value, hidden, hidden)(from),
    ],
    attended: dense(names.attended, hidden, hidden),
    wide: dense(names.wide, hidden, config.intermediate),
    narrow: dense(names.narrow, config.intermediate, hidden),
    attendedNorm: [`${names.attendedNorm}.weight`, `${names.attendedNorm}.bias`],
    narrowNorm: [`${names.narrowNorm}.weight`, `${names.narrowNorm}.bias`],
  });
  g.output("y", y, "float32", [1, "length", hidden]);
  return g.build();
}
