import { isSextantError, type Storage, type TaskId } from "../../contract/index.ts";
import { broken, type BundleIndex } from "./manifest.ts";
import type { Bundle } from "./open-bundle.ts";
import { parsed, parseSegment } from "./records.ts";

/** Where a source of a bundle is stored. */
export interface PlacedSource {
  readonly sourceId: number;
  /** By the ordinal in the bundle; undefined for a passage that was stored before and is gone or edited. */
  readonly passageIds: readonly (number | undefined)[];
}

/** By the id that the source has in the bundle. */
export type Placed = ReadonlyMap<number, PlacedSource>;

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
      if (ordinals.length === 0 || ordinals.some((ordinal) => ordinal >= ids.length))
        throw broken("a vector has no passage");
      const listed = await rows.take(ordinals.length * dim);
      if (listed.some((bits) => (bits & EXPONENT) === EXPONENT)) throw broken("a vector is not finite");
      const { passageIds, vectors } = onlyOf(
        ordinals.map((ordinal) => ids[ordinal]),
        listed,
        dim,
      );
      const [passageId] = passageIds;
      if (passageId === undefined) continue;
      if (indexId === undefined) {
        const why = await check({ modelKey, task, passageId, vector: vectors.subarray(0, dim) });
        if (why !== null) return { why };
        indexId = (await storage.openIndex({ collectionId, task, modelKey, dim })).id;
      }
      await fill(storage, { passageIds, vectors, indexId, dim });
      filled += passageIds.length;
      signal.throwIfAborted();
    }
    if (await rows.hasMore()) throw broken("it has more vectors than passages");
    return filled;
  } finally {
    await rows.close();
  }
}

interface Rows {
  readonly passageIds: readonly number[];
  /** f16 bits[passages, dim]. */
  readonly vectors: Uint16Array;
}

/** Rows whose passage is there. */
function onlyOf(ids: readonly (number | undefined)[], vectors: Uint16Array, dim: number): Rows {
  const rows = [...ids.keys()].filter((row) => ids[row] !== undefined);
  const kept = rows.length === ids.length ? vectors : new Uint16Array(rows.length * dim);
  if (kept !== vectors)
    rows.forEach((row, at) => kept.set(vectors.subarray(row * dim, (row + 1) * dim), at * dim));
  return { passageIds: rows.flatMap((row) => ids[row] ?? []), vectors: kept };
}

/** Gives passages their vectors; where some have one already, only the others. */
async function fill(
  storage: Storage,
  { passageIds, vectors, indexId, dim }: Rows & { readonly indexId: number; readonly dim: number },
): Promise<void> {
  try {
    await storage.fillIndex({ passageIds, segment: { indexId, vectors } });
  } catch (error) {
    if (!isSextantError(error, "storage/conflict")) throw error;
    const stored = await storage.readVectors({ indexId, passageIds });
    const without = passageIds.map((id, row) =>
      stored.subarray(row * dim, (row + 1) * dim).some((bits) => bits !== 0) ? undefined : id,
    );
    const lacking = onlyOf(without, vectors, dim);
    if (lacking.passageIds.length === 0) return;
    const segment = { indexId, vectors: lacking.vectors };
    await storage.fillIndex({ passageIds: lacking.passageIds, segment });
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
