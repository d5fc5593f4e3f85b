import type { Pooling } from "../../../contract/index.ts";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { BertConfig } from "../graphs/bert-config.ts";

/**
 * Computes BERT's vectors in float64 with plain loops, from the weights as they are published.
 *
 * Shape: ids, one list a text → one vector a text, not brought to unit length.
 * Source: Devlin et al. 2018; names and order of Hugging Face's BertModel. It shares no code with the graphs.
 * Cost: 2 multiply-adds in double precision a weight and token; one layer's weights in memory.
 */
export async function computeInFloat64(
  checkpoint: Checkpoint,
  { hidden, heads, layers, intermediate, epsilon }: BertConfig,
  texts: readonly (readonly number[])[],
  pooling: Pooling,
): Promise<Float64Array[]> {
  const read = (name: string) => checkpoint.readFloat(name);
  const row = async (table: string, at: number) =>
    checkpoint.readFloat(`embeddings.${table}_embeddings.weight`, { from: at, to: at + 1 });

  const type = await row("token_type", 0);
  const states: Float64Array[][] = [];
  for (const ids of texts) {
    const words: Float32Array[] = [];
    for (const id of ids) words.push(await row("word", id));
    const places = await read("embeddings.position_embeddings.weight");
    states.push(
      words.map((word, at) =>
        Float64Array.from(word, (value, i) => value + (places[at * hidden + i] ?? 0) + (type[i] ?? 0)),
      ),
    );
  }
  const embeddingNorm = await readNorm("embeddings.LayerNorm");
  for (const state of states) state.forEach((x) => normalize(x, embeddingNorm));

  for (let layer = 0; layer < layers; layer++) {
    const at = `encoder.layer.${layer}`;
    const query = await readDense(`${at}.attention.self.query`);
    const key = await readDense(`${at}.attention.self.key`);
    const value = await readDense(`${at}.attention.self.value`);
    const attended = await readDense(`${at}.attention.output.dense`);
    const attendedNorm = await readNorm(`${at}.attention.output.LayerNorm`);
    const wide = await readDense(`${at}.intermediate.dense`);
    const narrow = await readDense(`${at}.output.dense`);
    const narrowNorm = await readNorm(`${at}.output.LayerNorm`);
    for (const state of states) {
      const q = state.map((x) => dense(x, query, hidden));
      const k = state.map((x) => dense(x, key, hidden));
      const v = state.map((x) => dense(x, value, hidden));
      const contexts = q.map((own) => attend(own, k, v, heads));
      for (const [i, x] of state.entries()) {
        const y = addInto(dense(contexts[i] ?? x, attended, hidden), x);
        normalize(y, attendedNorm);
        const active = dense(y, wide, intermediate).map((z) => 0.5 * z * (1 + erf(z / Math.SQRT2)));
        const out = addInto(dense(active, narrow, hidden), y);
        normalize(out, narrowNorm);
        state[i] = out;
      }
    }
  }
  return states.map((state) => {
    const used = pooling === "cls" ? state.slice(0, 1) : state;
    const sum = used.reduce((total, x) => addInto(total, x), new Float64Array(hidden));
    return sum.map((value) => value / used.length);
  });

  async function readDense(name: string): Promise<Dense> {
    return { weight: await read(`${name}.weight`), bias: await read(`${name}.bias`) };
  }
  async function readNorm(name: string): Promise<Dense> {
    return { weight: await read(`${name}.weight`), bias: await read(`${name}.bias`) };
  }
  function normalize(x: Float64Array, { weight, bias }: Dense): void {
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
    const scale = 1 / Math.sqrt(variance + epsilon);
    for (let i = 0; i < x.length; i++) {
      x[i] = ((x[i] ?? 0) - mean) * scale * (weight[i] ?? 0) + (bias[i] ?? 0);
    }
  }
}

interface Dense {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

function dense(x: Float64Array, { weight, bias }: Dense, outputs: number): Float64Array {
  const out = new Float64Array(outputs);
  for (let o = 0; o < outputs; o++) {
    let sum = bias[o] ?? 0;
    const start = o * x.length;
    for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (weight[start + i] as number);
    out[o] = sum;
  }
  return out;
}

function attend(
  query: Float64Array,
  keys: readonly Float64Array[],
  values: readonly Float64Array[],
  heads: number,
): Float64Array {
  const size = query.length / heads;
  const out = new Float64Array(query.length);
  for (let head = 0; head < heads; head++) {
    const [from, to] = [head * size, (head + 1) * size];
    const scores = keys.map((key) => {
      let product = 0;
      for (let i = from; i < to; i++) product += (query[i] ?? 0) * (key[i] ?? 0);
      return product / Math.sqrt(size);
    });
    const most = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - most));
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (const [token, value] of values.entries()) {
      const share = (shares[token] ?? 0) / total;
      for (let i = from; i < to; i++) out[i] = (out[i] ?? 0) + share * (value[i] ?? 0);
    }
  }
  return out;
}

function addInto(target: Float64Array, x: Float64Array): Float64Array {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + (x[i] ?? 0);
  return target;
}

/** The integral's Maclaurin series up to 3, 1 beyond its reach. Source: DLMF 7.6.2 (all terms of one sign). */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
