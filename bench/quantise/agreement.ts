import { createRng } from "../../src/base/rng.ts";
import { createNodeFolder } from "../../src/cli/node-folder.ts";
import type { Arithmetic, Dtype } from "../../src/contract/index.ts";
import { openEncoder, weightsOf } from "../../src/model/index.ts";
import { parseManifest } from "../../src/model/library/parse-manifest.ts";
import { MANIFEST_PATH } from "../../src/model/manifest.ts";
import { rowProducts } from "../timing.ts";

export interface Agreement {
  readonly dtype: Dtype;
  /** `int8` is what WASM takes for q8, `float32` what WebGPU takes. */
  readonly arithmetic: Arithmetic;
  readonly sizeBytes: number;
  /** With what fp32 gives the same text. */
  readonly cosine: { readonly mean: number; readonly worst: number };
  /** Of each text among the others, on average: the part of its ten nearest, and of its nearest, that fp32 names too. */
  readonly sameNeighbours: { readonly tenNearest: number; readonly nearest: number };
}

const NEAREST = 10;

/** Texts in an order that a seed gives, as many as there are wanted. */
export function drawTexts(texts: readonly string[], count: number, seed: number): string[] {
  const rng = createRng(seed);
  const left = [...texts];
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const at = Math.floor(rng() * left.length);
    const [drawn = ""] = left.splice(at, 1, left.at(-1) ?? "");
    left.pop();
    return drawn;
  });
}

/** The stored size of each precision in a folder, and how far it takes the texts' vectors from those of fp32, on WASM. */
export async function measureAgreement(
  path: string,
  dtypes: readonly Dtype[],
  texts: readonly string[],
): Promise<Agreement[]> {
  const folder = createNodeFolder(path);
  const read = async (file: string) => {
    const source = await folder.open(file);
    return source.read(0, source.sizeBytes);
  };
  const manifest = parseManifest(new TextDecoder().decode(await read(MANIFEST_PATH)));
  const embed = async (dtype: Dtype, arithmetic: Arithmetic): Promise<Float32Array> => {
    const encoder = await openEncoder({ manifest, files: { read }, dtype, arithmetic, gpu: null });
    const { vectors } = await encoder.encode(texts, { limitTokens: manifest.maxTokens, urgency: "later" });
    await encoder.close();
    return vectors;
  };
  const exact = await embed("fp32", "float32");
  const found: Agreement[] = [];
  const ways = dtypes.flatMap((dtype) =>
    (dtype === "q8" ? (["int8", "float32"] as const) : (["float32"] as const)).map((arithmetic) => ({
      dtype,
      arithmetic,
    })),
  );
  for (const { dtype, arithmetic } of ways) {
    const vectors = await embed(dtype, arithmetic);
    const cosines = rowProducts(exact, vectors, texts.length);
    const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
    const { sizeBytes } = weightsOf(manifest, dtype);
    const sameNeighbours = compareNeighbours(exact, vectors, texts.length);
    const cosine = { mean, worst: Math.min(...cosines) };
    found.push({ dtype, arithmetic, sizeBytes, cosine, sameNeighbours });
  }
  return found;
}

function compareNeighbours(
  exact: Float32Array,
  found: Float32Array,
  rows: number,
): Agreement["sameNeighbours"] {
  let [ofTen, ofOne] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const [wanted, given] = [nearestTo(exact, row, rows), nearestTo(found, row, rows)];
    ofTen += wanted.filter((other) => given.includes(other)).length / wanted.length;
    ofOne += Number(wanted[0] === given[0]);
  }
  return { tenNearest: ofTen / rows, nearest: ofOne / rows };
}

function nearestTo(vectors: Float32Array, row: number, rows: number): number[] {
  const dim = vectors.length / rows;
  const repeated = new Float32Array(vectors.length);
  for (let other = 0; other < rows; other++)
    repeated.set(vectors.subarray(row * dim, (row + 1) * dim), other * dim);
  const scores = rowProducts(repeated, vectors, rows);
  const others = scores.map((_, other) => other).filter((other) => other !== row);
  return others.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, NEAREST);
}
