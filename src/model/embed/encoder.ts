import { createTurns, type Urgency } from "../../base/turns.ts";
import { SextantError, type DeviceInfo, type ModelInfo } from "../../contract/index.ts";
import type { EncoderSession } from "../session/session.ts";
import type { TextTokenizer } from "../tokenize/tokenizer.ts";
import { byLength, fillBatch, nextBatch, type BatchRules } from "./batches.ts";
import { breathe } from "./breathe.ts";
import type { Pace } from "./pace.ts";

export interface EncodeOptions {
  /** With [CLS] and [SEP]; what is over is cut off at the end of the text. */
  readonly limitTokens: number;
  readonly urgency: Urgency;
  readonly signal?: AbortSignal;
}

export interface Encoded {
  /** Unit vectors f32[texts, dim], row-major, in the order of the texts. */
  readonly vectors: Float32Array;
  /** Computed, without padding and without repeated texts. */
  readonly tokens: number;
}

/** Turns texts into vectors. Instructions are in front of them already. */
export interface Encoder {
  readonly info: ModelInfo;
  readonly device: Omit<DeviceInfo, "asked" | "reason">;
  /**
   * Throws: `vectors/nan` when a vector is not finite, `gpu/lost`, `boundary/closed`, `engine/invalid-input` for a
   * limit that the model does not have; the signal's reason when it aborts between two batches.
   */
  encode(texts: readonly string[], options: EncodeOptions): Promise<Encoded>;
  /**
   * Runs every row length that will occur once, so that no text waits for a GPU's pipelines: single rows first, then
   * full batches. A device whose lengths are not fixed has nothing to warm.
   */
  warm(signal?: AbortSignal): Promise<void>;
  /** Word pieces of each whole text, without [CLS] and [SEP]. */
  countTokens(texts: readonly string[]): number[];
  close(): Promise<void>;
}

export interface EncoderParts {
  readonly info: ModelInfo;
  readonly device: Encoder["device"];
  readonly tokenizer: TextTokenizer;
  readonly session: EncoderSession;
  readonly buckets: BatchRules["buckets"];
  readonly pace: Pace;
}

/** Texts that are tokenised and sorted together; sorting more at once hardly saves padding. */
const WINDOW_TEXTS = 512;

/** Puts a tokenizer and a session together: batches by length, one run at a time, urgent texts first. */
export function createEncoder({ info, device, tokenizer, session, buckets, pace }: EncoderParts): Encoder {
  const turns = createTurns();
  const rowLengths = fitting(buckets, info.maxTokens);
  let closed = false;

  /** Encodes distinct texts into the given rows of `vectors`. */
  async function encodeWindow(
    texts: readonly string[],
    vectors: Float32Array,
    { limitTokens, urgency, signal }: EncodeOptions,
  ): Promise<number> {
    const ids = texts.map((text) => tokenizer.encode(text, limitTokens));
    const lengths = ids.map((own) => own.length);
    const waiting = byLength(lengths);
    while (waiting.length > 0) {
      const plan = nextBatch(waiting, lengths, { budgetTokens: pace.budgetTokens(), buckets: rowLengths });
      const batch = fillBatch(plan, ids);
      const rows = await turns.take(urgency, () => timed(batch), signal);
      assertFinite(rows);
      plan.members.forEach((member, row) => {
        vectors.set(rows.subarray(row * info.dim, (row + 1) * info.dim), member * info.dim);
      });
      if (urgency === "later") await breathe();
    }
    return lengths.reduce((sum, length) => sum + length, 0);
  }

  async function timed(batch: ReturnType<typeof fillBatch>): Promise<Float32Array> {
    assertOpen();
    const start = performance.now();
    const rows = await session.run(batch);
    pace.record(batch.rows * batch.length, performance.now() - start);
    return rows;
  }

  function assertOpen(): void {
    if (closed) throw new SextantError("boundary/closed", "The model is closed. Open it again.");
  }

  return {
    info,
    device,
    async encode(texts, options) {
      assertOpen();
      const { limitTokens } = options;
      if (!Number.isInteger(limitTokens) || limitTokens < 3 || limitTokens > info.maxTokens) {
        throw new SextantError(
          "engine/invalid-input",
          `A limit of ${limitTokens} tokens is not possible with ${info.name}. Give a whole number from 3 to ${info.maxTokens}.`,
          { limitTokens },
        );
      }
      const rowsByText = new Map<string, number>();
      for (const text of texts) if (!rowsByText.has(text)) rowsByText.set(text, rowsByText.size);
      const distinct = [...rowsByText.keys()];
      const found = new Float32Array(distinct.length * info.dim);
      let tokens = 0;
      for (let start = 0; start < distinct.length; start += WINDOW_TEXTS) {
        const window = distinct.slice(start, start + WINDOW_TEXTS);
        tokens += await encodeWindow(window, found.subarray(start * info.dim), options);
      }
      if (distinct.length === texts.length) return { vectors: found, tokens };
      const vectors = new Float32Array(texts.length * info.dim);
      texts.forEach((text, i) => {
        const row = rowsByText.get(text) ?? 0;
        vectors.set(found.subarray(row * info.dim, (row + 1) * info.dim), i * info.dim);
      });
      return { vectors, tokens };
    },
    async warm(signal) {
      for (const budgetTokens of [0, pace.budgetTokens()]) {
        for (const length of rowLengths) {
          const rows = Math.max(1, Math.floor(budgetTokens / length));
          if (rows === 1 && budgetTokens > 0) continue;
          const ids = new Int32Array(rows * length);
          const mask = new Float32Array(rows * length).fill(1);
          await turns.take(
            "later",
            () => {
              assertOpen();
              return session.run({ rows, length, ids, mask });
            },
            signal,
          );
          await breathe();
        }
      }
    },
    countTokens: (texts) => texts.map((text) => tokenizer.count(text)),
    async close() {
      if (closed) return;
      closed = true;
      await turns.take("now", () => session.close());
    },
  };
}

/** A row must not be longer than the model has positions. */
function fitting(buckets: BatchRules["buckets"], maxTokens: number): BatchRules["buckets"] {
  if (buckets.length === 0) return buckets;
  return [...buckets.filter((bucket) => bucket < maxTokens), maxTokens];
}

function assertFinite(vectors: Float32Array): void {
  if (vectors.every(Number.isFinite)) return;
  throw new SextantError(
    "vectors/nan",
    "The model gave vectors that are no numbers on this device. Choose another device.",
  );
}
