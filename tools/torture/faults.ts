import type { Rng } from "../../src/base/rng.ts";

/** What is under way when the browser is killed. */
export const FAULTS = ["index", "remove", "write", "migrate", "import", "convert"] as const;
export type Fault = (typeof FAULTS)[number];

/** Those of `npm test`; the others take too long for every change, and are `npm run torture`'s alone. */
export const SHORT_FAULTS: readonly Fault[] = ["write", "migrate"];

export function isFault(name: string): name is Fault {
  return FAULTS.some((fault) => fault === name);
}

/**
 * Draws the moments: over the whole of the work, whose length is learned from what was seen. What was through before its
 * moment came is shorter than that; what was killed may be longer.
 */
export interface Moments {
  draw(fault: Fault): number;
  through(fault: Fault, tookMs: number): void;
  killed(fault: Fault, afterMs: number): void;
}

/** On two cores of 2024; learned anew in each run. */
const FIRST_GUESS_MS: Readonly<Record<Fault, number>> = {
  index: 1500,
  remove: 300,
  write: 800,
  migrate: 600,
  import: 600,
  convert: 800,
};

export function createMoments(rng: Rng): Moments {
  const lengthMs = new Map<Fault, number>(FAULTS.map((fault) => [fault, FIRST_GUESS_MS[fault]]));
  return {
    draw: (fault) => rng() * (lengthMs.get(fault) ?? 0),
    through: (fault, tookMs) => void lengthMs.set(fault, tookMs),
    killed(fault, afterMs) {
      const length = lengthMs.get(fault) ?? 0;
      if (afterMs > 0.8 * length) lengthMs.set(fault, length * 1.25);
    },
  };
}

/** As many of each as the rounds allow, in an order that the seed decides. */
export function planFaults(rounds: number, faults: readonly Fault[], rng: Rng): Fault[] {
  const plan: Fault[] = [];
  while (plan.length < rounds) {
    const left = [...faults];
    while (left.length > 0) plan.push(...left.splice(Math.floor(rng() * left.length), 1));
  }
  return plan.slice(0, rounds);
}
