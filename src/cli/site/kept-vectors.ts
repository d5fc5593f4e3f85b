import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../base/hash.ts";
import type { Embedders } from "../embedders.ts";

/** Vectors of texts that were embedded before, by digest, in one file a model. */
export interface KeptVectors {
  /** f32[texts, dim]; only what is not known is embedded, and kept at once: a build that was stopped goes on. */
  vectorsOf(
    texts: readonly string[],
    by: Pick<Embedders, "embed" | "atOnce">,
  ): Promise<{ readonly dim: number; readonly vectors: Float32Array; readonly embedded: number }>;
  /** Forgets what the last texts did not need. */
  tidy(): Promise<void>;
}

const BATCH = 64;
const DIGEST_BYTES = 32;

/** Opens the kept vectors of a model; a file that is missing or cut short holds those that are whole. */
export async function openKeptVectors(folder: string, model: string): Promise<KeptVectors> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `site-vectors-${model.replace(/[^\w.-]+/g, "_")}.bin`);
  const { known, whole } = parse(await readFile(path).catch(() => null));
  let used: ReadonlySet<string> = new Set(known.keys());
  let isStarted = whole && known.size > 0;
  const write = async (digests: Iterable<string>): Promise<void> => {
    await writeFile(`${path}.new`, format(known, digests, true));
    await rename(`${path}.new`, path);
    isStarted = true;
  };
  return {
    async vectorsOf(texts, { embed, atOnce }) {
      const digests = await Promise.all(texts.map((text) => sha256(text)));
      used = new Set(digests);
      const missing = [...new Map(digests.map((digest, i) => [digest, texts[i] ?? ""]))].filter(
        ([digest]) => !known.has(digest),
      );
      let dim = known.values().next().value?.length ?? 0;
      for (let first = 0; first < missing.length; first += BATCH * atOnce) {
        const parts = Array.from({ length: atOnce }, (_, i) =>
          missing.slice(first + i * BATCH, first + (i + 1) * BATCH),
        ).filter((part) => part.length > 0);
        const outcomes = await Promise.allSettled(parts.map((part) => embed(part.map(([, text]) => text))));
        const own: string[] = [];
        for (const [p, outcome] of outcomes.entries())
          if (outcome.status === "fulfilled")
            for (const [i, [digest]] of (parts[p] ?? []).entries()) {
              const vector = outcome.value[i] ?? new Float32Array();
              if (dim !== 0 && vector.length !== dim)
                throw new TypeError(`${path} is of another model. Delete it.`);
              dim = vector.length;
              known.set(digest, vector);
              own.push(digest);
            }
        if (isStarted) await appendFile(path, format(known, own, false));
        else if (own.length > 0) await write(known.keys());
        const failed = outcomes.find((outcome) => outcome.status === "rejected");
        if (failed) throw failed.reason;
      }
      const vectors = new Float32Array(texts.length * dim);
      digests.forEach((digest, i) => vectors.set(known.get(digest) ?? [], i * dim));
      return { dim, vectors, embedded: missing.length };
    },
    async tidy() {
      if ([...known.keys()].some((digest) => !used.has(digest))) await write(used);
    },
  };
}

/** u32 dim where it begins a file, then digest and f32[dim] of each. */
function format(
  known: ReadonlyMap<string, Float32Array>,
  digests: Iterable<string>,
  begins: boolean,
): Buffer {
  const parts: Buffer[] = [];
  for (const digest of digests) {
    const vector = known.get(digest);
    if (!vector) continue;
    if (begins && parts.length === 0) {
      const head = Buffer.alloc(4);
      head.writeUInt32LE(vector.length);
      parts.push(head);
    }
    parts.push(Buffer.from(digest, "hex"), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
  }
  return Buffer.concat(parts);
}

function parse(file: Buffer | null) {
  const known = new Map<string, Float32Array>();
  if (file === null || file.length < 4) return { known, whole: false };
  const dim = file.readUInt32LE(0);
  const width = DIGEST_BYTES + 4 * dim;
  let at = 4;
  for (; at + width <= file.length; at += width) {
    const bytes = new Uint8Array(file.subarray(at + DIGEST_BYTES, at + width));
    known.set(file.toString("hex", at, at + DIGEST_BYTES), new Float32Array(bytes.buffer));
  }
  return { known, whole: at === file.length };
}
