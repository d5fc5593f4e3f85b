import { createBreath } from "../base/breath.ts";
import { createRng } from "../base/rng.ts";
import { sample } from "./sample.ts";
import { pairsOf, type TrainingPassage } from "./pairs.ts";
import { createTableTrainer } from "./table-trainer.ts";
import { createTokenTable, rowsOf, type TokenTable } from "./token-table.ts";

export interface TableRequest {
  readonly passages: readonly TrainingPassage[];
  /** Their unit vectors f32[passages, dim]. */
  readonly vectors: Float32Array;
  readonly dim: number;
  /** The full encoder on the query side, in the passages' space. */
  readonly encode: (texts: readonly string[]) => Promise<Float32Array>;
  readonly signal: AbortSignal;
  readonly onProgress?: (part: number) => void;
}

/** Texts that the full encoder embeds besides: what the table is pulled towards, and the linear adapter's pairs. */
export const MOST_TEACHERS = 600;
/** Pairs that the table passes over; small collections pass over all theirs up to `MOST_EPOCHS` times. */
export const MOST_VISITS = 48_000;
export const MOST_EPOCHS = 7;

/**
 * Learns a query table from what passages say of themselves, from all of it: nothing is held back, because nothing else
 * could be used in its place.
 *
 * Order: the same request gives the same table.
 * Throws: the signal's reason.
 */
export async function teachTable({
  passages,
  vectors,
  dim,
  encode,
  signal,
  onProgress,
}: TableRequest): Promise<TokenTable> {
  const rest = createBreath();
  const breathe = async (): Promise<void> => {
    await rest();
    signal.throwIfAborted();
  };
  const texts = passages.map(({ title, text }) => `${title} ${text}`);
  const table = await createTokenTable({ texts, vectors, dim }, breathe);
  const pairs = await pairsOf(passages, { breathe });
  if (pairs.length === 0) return table;
  const rowById = new Map(passages.map(({ id }, row) => [id, row]));
  const taught = sample(pairs, MOST_TEACHERS, createRng(2));
  const teachers = await encode(taught.map(({ query }) => query));
  const placeOf = new Map(taught.map((pair, place) => [pair, place]));
  onProgress?.(0.2);
  const trainer = await createTableTrainer({
    table,
    passages: vectors,
    teachers,
    epochs: Math.max(1, Math.min(MOST_EPOCHS, Math.floor(MOST_VISITS / pairs.length))),
    pairs: sample(pairs, MOST_VISITS, createRng(3)).map((pair) => ({
      rows: rowsOf(table, pair.query),
      target: rowById.get(pair.passageId) ?? 0,
      teacher: placeOf.get(pair) ?? -1,
    })),
    breathe,
  });
  while (trainer.doneSteps < trainer.totalSteps) {
    await breathe();
    trainer.step();
    onProgress?.(0.2 + (0.8 * trainer.doneSteps) / trainer.totalSteps);
  }
  return trainer.table();
}
