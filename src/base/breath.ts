import { turnOfLoop } from "./turn.ts";

/** Work that blocks the thread for longer makes a person wait for a search. */
const MOST_MS = 25;

/**
 * Gives a function for long work to await between its pieces: it waits for a turn of the event loop whenever the work
 * went on for so long, and is free otherwise.
 */
export function createBreath(mostMs = MOST_MS): () => Promise<void> {
  let sinceMs = performance.now();
  return async () => {
    if (performance.now() - sinceMs < mostMs) return;
    await turnOfLoop();
    sinceMs = performance.now();
  };
}
