/** Learns how many tokens fit into the time that one batch may take. */
export interface Pace {
  budgetTokens(): number;
  record(tokens: number, tookMs: number): void;
}

/** A query waits for what the device has begun, no longer: short enough not to be felt. */
const TARGET_MS = 50;

/** Above this the intermediate tensors leave the cache and a token takes longer (CPU, 256 dimensions). */
const MOST_TOKENS = 4096;
const LEAST_TOKENS = 128;

export function createPace(runsAtOnce = 1, startTokens = 512): Pace {
  const targetMs = TARGET_MS / runsAtOnce;
  let msPerToken = TARGET_MS / startTokens;
  return {
    budgetTokens: () => Math.round(Math.min(MOST_TOKENS, Math.max(LEAST_TOKENS, targetMs / msPerToken))),
    record(tokens, tookMs) {
      // A short query says more about the cost of a call than about that of a token. The least budget fills at least half.
      if (tokens < LEAST_TOKENS / 2 || tookMs <= 0) return;
      msPerToken += 0.3 * (tookMs / tokens - msPerToken);
    },
  };
}

/** The same for every batch, whatever the machine does besides: the same texts are batched alike, and give the same bits. */
export function createSteadyPace(tokens = 1024): Pace {
  return { budgetTokens: () => tokens, record: () => undefined };
}
