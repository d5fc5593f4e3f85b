import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../base/hash.ts";

/** Vectors of texts that were embedded before, by digest, in one file a model. */
export interface KeptVectors {
  /** f32[texts, dim]; only what is not known goes to `embed`. */
  vectorsOf(
    texts: readonly string[],
    embed: (texts: readonly string[]) => Promise<{ readonly dim: number; readonly vectors: Float32Array }>,
  ): Promise<{ readonly dim: number; readonly vectors: Float32Array; readonly embedded: number }>;
  /** Keeps those of the last texts and forgets all others. */
  save(): Promise<void>;
}

const BATCH = 64;
const DIGEST_BYTES = 32;

/** Opens the kept vectors of a model; a file that is missing or cut short holds none. */
export async function openKeptVectors(folder: string, model: string): Promise<KeptVectors> {
  const path = join(folder, `site-vectors-${model.replace(/[^\w.-]+/g, "_")}.bin`);
  let known = parse(await readFile(path).catch(() => null));
  return {
    async vectorsOf(texts, embed) {
      const digests = await Promise.all(texts.map((text) => sha256(text)));
      const missing = [...new Map(digests.map((digest, i) => [digest, texts[i] ?? ""]))].filter(
        ([digest]) => !known.has(digest),
      );
      let dim = known.values().next().value?.length ?? 0;
      for (let first = 0; first < missing.length; first += BATCH) {
        const part = missing.slice(first, first + BATCH);
        const made = await embed(part.map(([, text]) => text));
        if (dim !== 0 && made.dim !== dim) known.clear();
        dim = made.dim;
        part.forEach(([digest], i) => known.set(digest, made.vectors.slice(i * dim, (i + 1) * dim)));
      }
      known = new Map(digests.map((digest) => [digest, known.get(digest) ?? new Float32Array(dim)]));
      const vectors = new Float32Array(texts.length * dim);
      digests.forEach((digest, i) => vectors.set(known.get(digest) ?? [], i * dim));
      return { dim, vectors, embedded: missing.length };
    },
    async save() {
      await mkdir(folder, { recursive: true });
      await writeFile(path, format(known));
    },
  };
}

/** u32 dim, then digest and f32[dim] of each. */
function format(known: ReadonlyMap<string, Float32Array>): Buffer {
  const dim = known.values().next().value?.length ?? 0;
  const head = Buffer.alloc(4);
  head.writeUInt32LE(dim);
  return Buffer.concat([
    head,
    ...[...known].flatMap(([digest, vector]) => [
      Buffer.from(digest, "hex"),
      Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
    ]),
  ]);
}

function parse(file: Buffer | null): Map<string, Float32Array> {
  const known = new Map<string, Float32Array>();
  if (file === null || file.length < 4) return known;
  const dim = file.readUInt32LE(0);
  const width = DIGEST_BYTES + 4 * dim;
  for (let at = 4; at + width <= file.length; at += width) {
    const bytes = new Uint8Array(file.subarray(at + DIGEST_BYTES, at + width));
    known.set(file.toString("hex", at, at + DIGEST_BYTES), new Float32Array(bytes.buffer));
  }
  return known;
}
