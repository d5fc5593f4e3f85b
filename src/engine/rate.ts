import type { DeviceInfo, ModelInfo, Speed } from "../contract/index.ts";

/** Measures how quickly passages and tokens go through, each model on each device for itself. */
export interface Rate {
  add(key: string, passages: number, tokens: number, tookMs: number): void;
  /** null before anything was measured under the key. */
  speed(key: string): Speed | null;
}

export function createRate(): Rate {
  const sums = new Map<string, { passages: number; tokens: number; ms: number }>();
  return {
    add(key, passages, tokens, tookMs) {
      const sum = sums.get(key) ?? { passages: 0, tokens: 0, ms: 0 };
      sums.set(key, {
        passages: sum.passages + passages,
        tokens: sum.tokens + tokens,
        ms: sum.ms + tookMs,
      });
    },
    speed(key) {
      const { passages, tokens, ms } = sums.get(key) ?? { passages: 0, tokens: 0, ms: 0 };
      if (ms === 0) return null;
      return { passagesPerSecond: (passages / ms) * 1000, tokensPerSecond: (tokens / ms) * 1000 };
    },
  };
}

export function rateKey({ key }: Pick<ModelInfo, "key">, { used }: Pick<DeviceInfo, "used">): string {
  return `${key} on ${used}`;
}
