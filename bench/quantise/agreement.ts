import { createRng } from "../../src/base/rng.ts";
import { createNodeFolder } from "../../src/cli/node-folder.ts";
import type { Dtype } from "../../src/contract/index.ts";
import { openEncoder, weightsOf, type ModelManifest } from "../../src/model/index.ts";
import { parseManifest } from "../../src/model/library/parse-manifest.ts";
import { MANIFEST_PATH } from "../../src/model/manifest.ts";
import { rowProducts } from "../timing.ts";

export interface Agreement {
  readonly dtype: Dtype;
  readonly sizeBytes: number;
  /** With what fp32 gives the same text. */
  readonly cosine: { readonly mean: number; readonly worst: number };
}

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
  const exact = await embed(manifest, { read }, "fp32", texts);
  const found: Agreement[] = [];
  for (const dtype of dtypes) {
    const cosines = rowProducts(exact, await embed(manifest, { read }, dtype, texts), texts.length);
    const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
    const { sizeBytes } = weightsOf(manifest, dtype);
    found.push({ dtype, sizeBytes, cosine: { mean, worst: Math.min(...cosines) } });
  }
  return found;
}

async function embed(
  manifest: ModelManifest,
  files: { read(file: string): Promise<Uint8Array<ArrayBuffer>> },
  dtype: Dtype,
  texts: readonly string[],
): Promise<Float32Array> {
  const encoder = await openEncoder({ manifest, files, dtype, gpu: null });
  const { vectors } = await encoder.encode(texts, { limitTokens: manifest.maxTokens, urgency: "later" });
  await encoder.close();
  return vectors;
}
