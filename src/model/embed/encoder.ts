import { createTurns, type Urgency } from "../../base/turns.ts";
import { SextantError, type DeviceInfo, type ModelInfo } from "../../contract/index.ts";
import type { EncoderSession, TokenBatch } from "../session/session.ts";
import type { TextTokenizer } from "../tokenize/tokenizer.ts";
import { byLength, fillBatch, fitting, nextBatch, warmShapes, type BatchRules } from "./batches.ts";
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

/** Puts a tokenizer and a session together: batches by length, as many at once as the session takes, urgent texts first. */
export function createEncoder({ info, device, tokenizer, session, buckets, pace }: EncoderParts): Encoder {
  const turns = createTurns(session.runsAtOnce);
  const rowLengths = fitting(buckets, info.maxTokens);
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  let lastEndMs = 0;

  /** Each batch is made when it is asked for: on a GPU, while the one before is computed. */
  function* batchesOf(texts: readonly string[], limitTokens: number) {
    for (let start = 0; start < texts.length; start += WINDOW_TEXTS) {
      const window = texts.slice(start, start + WINDOW_TEXTS);
      const ids = window.map((text) => tokenizer.encode(text, limitTokens));
      const lengths = ids.map((own) => own.length);
      const waiting = byLength(lengths);
      while (waiting.length > 0) {
        const plan = nextBatch(waiting, lengths, { budgetTokens: pace.budgetTokens(), buckets: rowLengths });
        const tokens = plan.members.reduce((sum, member) => sum + (lengths[member] ?? 0), 0);
        yield { rows: plan.members.map((member) => start + member), batch: fillBatch(plan, ids), tokens };
      }
    }
  }

  async function encodeDistinct(
    texts: readonly string[],
    { limitTokens, urgency, signal }: EncodeOptions,
  ): Promise<Encoded> {
    const vectors = new Float32Array(texts.length * info.dim);
    let tokens = 0;
    const waited: Promise<void>[] = [];
    const compute = async (rows: readonly number[], batch: TokenBatch): Promise<void> => {
      const found = await turns.take(urgency, () => timed(batch), signal);
      assertFinite(found);
      rows.forEach((row, i) => {
        vectors.set(found.subarray(i * info.dim, (i + 1) * info.dim), row * info.dim);
      });
      if (urgency === "later") await breathe();
    };
    try {
      for (const { rows, batch, tokens: own } of batchesOf(texts, limitTokens)) {
        const computing = compute(rows, batch);
        computing.catch(() => undefined);
        waited.push(computing);
        tokens += own;
        if (waited.length >= session.runsAtOnce) await waited.shift();
      }
      await Promise.all(waited);
    } finally {
      await Promise.allSettled(waited);
    }
    return { vectors, tokens };
  }

  async function timed(batch: TokenBatch): Promise<Float32Array> {
    const startMs = performance.now();
    const rows = await run(batch);
    const endMs = performance.now();
    pace.record(batch.rows * batch.length, endMs - Math.max(startMs, lastEndMs));
    lastEndMs = endMs;
    return rows;
  }

  async function run(batch: TokenBatch): Promise<Float32Array> {
    assertOpen();
    const running = session.run(batch);
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
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
      const { vectors: found, tokens } = await encodeDistinct([...rowsByText.keys()], options);
      if (rowsByText.size === texts.length) return { vectors: found, tokens };
      const vectors = new Float32Array(texts.length * info.dim);
      texts.forEach((text, i) => {
        const row = rowsByText.get(text) ?? 0;
        vectors.set(found.subarray(row * info.dim, (row + 1) * info.dim), i * info.dim);
      });
      return { vectors, tokens };
    },
    async warm(signal) {
      for (const { rows, length } of warmShapes(rowLengths, pace.budgetTokens())) {
        const ids = new Int32Array(rows * length);
        const mask = new Float32Array(rows * length).fill(1);
        await turns.take("later", () => run({ rows, length, ids, mask }), signal);
        await breathe();
      }
    },
    countTokens: (texts) => texts.map((text) => tokenizer.count(text)),
    async close() {
      if (closed) return;
      closed = true;
      await Promise.allSettled(underWay);
      await session.close();
    },
  };
}

function assertFinite(vectors: Float32Array): void {
  if (vectors.every(Number.isFinite)) return;
  throw new SextantError(
    "vectors/nan",
    "The model gave vectors that are no numbers on this device. Choose another device.",
  );
}
