import type { Speed } from "../contract/index.ts";

/** Measures how quickly passages and tokens go through, over the work of one job. */
export interface Rate {
  add(passages: number, tokens: number, tookMs: number): void;
  /** null before anything was measured. */
  speed(): Speed | null;
}

export function createRate(): Rate {
  let passages = 0;
  let tokens = 0;
  let ms = 0;
  return {
    add(morePassages, moreTokens, tookMs) {
      passages += morePassages;
      tokens += moreTokens;
      ms += tookMs;
    },
    speed: () =>
      ms > 0 ? { passagesPerSecond: (passages / ms) * 1000, tokensPerSecond: (tokens / ms) * 1000 } : null,
  };
}
