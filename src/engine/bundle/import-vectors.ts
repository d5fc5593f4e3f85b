import { isSextantError, type Storage, type TaskId } from "../../contract/index.ts";
import { broken, type BundleIndex } from "./manifest.ts";
import type { Bundle } from "./open-bundle.ts";
import { parsed, parseSegment } from "./records.ts";

/** Ids of the stored passages by ordinal, by the id that their source has in the bundle. */
export type Placed = ReadonlyMap<
  number,
  { readonly sourceId: number; readonly passageIds: readonly number[] }
>;

/** Whether vectors of this key are of the model that is open, tried with one of them; else why not. */
export type VectorCheck = (claim: {
  readonly modelKey: string;
  readonly task: TaskId;
  readonly passageId: number;
  /** f16 bits[dim]. */
  readonly vector: Uint16Array;
}) => Promise<string | null>;

/** f16 values whose exponent has all bits are not finite. */
const EXPONENT = 0x7c00;

/** Adds an index's vectors: how many, or why none. Those that are there from an import that was cut off stay. */
export async function fillFromBundle(
  storage: Storage,
  bundle: Bundle,
  index: BundleIndex,
  target: {
    readonly collectionId: number;
    readonly placed: Placed;
    readonly check: VectorCheck;
    readonly signal: AbortSignal;
  },
): Promise<number | { readonly why: string }> {
  const { task, modelKey, dim } = index;
  const { collectionId, placed, check, signal } = target;
  const rows = reader(bundle.bytes(index.vectors));
  let indexId: number | undefined;
  let filled = 0;
  try {
    for await (const line of bundle.lines(index.rows)) {
      const { sourceId, ordinals } = parsed(line, parseSegment);
      const ids = placed.get(sourceId)?.passageIds ?? [];
      const passageIds = ordinals.map((ordinal) => ids[ordinal] ?? -1);
      if (passageIds.length === 0 || passageIds.includes(-1)) throw broken("a vector has no passage");
      const vectors = await rows.take(passageIds.length * dim);
      if (vectors.some((bits) => (bits & EXPONENT) === EXPONENT)) throw broken("a vector is not finite");
      if (indexId === undefined) {
        const vector = vectors.subarray(0, dim);
        const why = await check({ modelKey, task, passageId: passageIds[0] ?? -1, vector });
        if (why !== null) return { why };
        indexId = (await storage.openIndex({ collectionId, task, modelKey, dim })).id;
      }
      try {
        await storage.fillIndex({ passageIds, segment: { indexId, vectors } });
      } catch (error) {
        if (!isSextantError(error, "storage/conflict")) throw error;
      }
      filled += passageIds.length;
      signal.throwIfAborted();
    }
    if (await rows.hasMore()) throw broken("it has more vectors than passages");
    return filled;
  } finally {
    await rows.close();
  }
}

/** Takes f16 values off a stream of bytes, so many at a time. */
function reader(pieces: AsyncGenerator<Uint8Array>) {
  let waiting = new Uint8Array();
  const more = async (): Promise<boolean> => {
    const { done, value } = await pieces.next();
    if (done) return false;
    const joined = new Uint8Array(waiting.length + value.length);
    joined.set(waiting);
    joined.set(value, waiting.length);
    waiting = joined;
    return true;
  };
  return {
    async take(values: number): Promise<Uint16Array> {
      const bytes = values * 2;
      while (waiting.length < bytes) if (!(await more())) throw broken("it has fewer vectors than passages");
      const taken = new Uint16Array(waiting.slice(0, bytes).buffer);
      waiting = waiting.slice(bytes);
      return taken;
    },
    async hasMore(): Promise<boolean> {
      while (waiting.length === 0) if (!(await more())) return false;
      return true;
    },
    /** What is not read to its end would keep its place among the files that are unpacked at once. */
    close: () => pieces.return(undefined),
  };
}
