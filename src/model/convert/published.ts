import { SextantError } from "../../contract/index.ts";
import type { Checkpoint, TensorInfo } from "./checkpoint/checkpoint.ts";
import { stack } from "./matrix.ts";
import type { BertConfig } from "./graphs/bert-config.ts";

/** A published tensor that is read when it is wanted. */
export interface Published {
  /** [rows, columns], or [length, 1] for a vector. */
  readonly rows: number;
  readonly columns: number;
  /**
   * float32, row-major; only rows [from, to) when given.
   *
   * Throws: `model/corrupt` when a value is not finite.
   */
  read(from?: number, to?: number): Promise<Float32Array>;
}

/** The weights of a BERT under the names of Hugging Face's BertModel, however the checkpoint spells them. */
export interface PublishedWeights {
  /** Throws: `model/unsupported` when it is missing or of another length. */
  vector(name: string, length: number): Published;
  /** `rows` null takes as many as there are. Throws: as `vector`. */
  matrix(name: string, rows: number | null, columns: number): Published;
}

const WORDS = "embeddings.word_embeddings.weight";

/**
 * Finds a BERT's weights in a checkpoint: below any prefix (`bert.` in models with a head), and with the LayerNorm names
 * of the first TensorFlow checkpoints (`gamma`, `beta`).
 */
export function openPublished(checkpoint: Checkpoint): PublishedWeights {
  const { tensors, path } = checkpoint;
  const prefixes = [...tensors.keys()].filter((name) => name.endsWith(WORDS));
  const [found] = prefixes;
  if (found === undefined || prefixes.length > 1) {
    const why = found === undefined ? "has no" : "has more than one";
    throw unsupported(path, `it ${why} "${WORDS}", so it is not one BERT encoder`, WORDS);
  }
  const prefix = found.slice(0, -WORDS.length);

  function find(name: string): TensorInfo {
    const old = name
      .replace("LayerNorm.weight", "LayerNorm.gamma")
      .replace("LayerNorm.bias", "LayerNorm.beta");
    const tensor = tensors.get(prefix + name) ?? tensors.get(prefix + old);
    if (tensor) return tensor;
    throw unsupported(path, `the weights "${prefix}${name}" are missing`, name);
  }
  function open(name: string, wanted: readonly (number | null)[]): Published {
    const tensor = find(name);
    const { shape } = tensor;
    if (
      shape.length !== wanted.length ||
      wanted.some((size, axis) => size !== null && size !== shape[axis])
    ) {
      const expected = wanted.map((size) => size ?? "any").join(", ");
      throw unsupported(
        path,
        `"${tensor.name}" has the shape [${shape.join(", ")}] where config.json asks for [${expected}]`,
        name,
      );
    }
    const [rows = 1, columns = 1] = shape;
    return {
      rows,
      columns,
      read: (from, to) =>
        checkpoint.readFloat(tensor.name, from === undefined ? undefined : { from, to: to ?? rows }),
    };
  }
  return {
    vector: (name, length) => open(name, [length]),
    matrix: (name, rows, columns) => open(name, [rows, columns]),
  };
}

/** The same with several matrices of equal width, or vectors, one below the other. */
export function stacked(parts: readonly Published[]): Published {
  return {
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    columns: parts[0]?.columns ?? 1,
    async read(from) {
      if (from !== undefined) throw new RangeError("stacked tensors are read as a whole");
      const read: Float32Array[] = [];
      for (const part of parts) read.push(await part.read());
      return stack(read);
    },
  };
}

/**
 * The embedding tables' weights, and the position vectors with the first token type added: Sextant embeds one segment.
 *
 * Throws: `model/unsupported` when the vocabulary or the positions are fewer than config.json says.
 */
export function openTables(
  weights: PublishedWeights,
  { vocabulary, positions, hidden }: BertConfig,
): { readonly words: Published; readonly places: Published } {
  const types = weights.matrix("embeddings.token_type_embeddings.weight", null, hidden);
  const places = weights.matrix("embeddings.position_embeddings.weight", positions, hidden);
  return {
    words: weights.matrix(WORDS, vocabulary, hidden),
    places: {
      ...places,
      async read(from?: number, to?: number) {
        const type = await types.read(0, 1);
        return (await places.read(from, to)).map((value, i) => value + (type[i % hidden] ?? 0));
      },
    },
  };
}

function unsupported(path: string, why: string, tensor: string): SextantError {
  return new SextantError(
    "model/unsupported",
    `${path} cannot be used: ${why}. Check that all files are of one model, or choose another.`,
    { path, tensor },
  );
}
