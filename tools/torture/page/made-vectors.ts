import { createRng } from "../../../src/base/rng.ts";

export const MADE_DIM = 64;

/** Numbers below one in half precision, always the same for the same text: a vector that needs no model. */
export function madeVector(text: string): Uint16Array {
  let seed = 0x811c9dc5;
  for (const char of text) seed = Math.imul(seed ^ char.charCodeAt(0), 0x01000193);
  const rng = createRng(seed);
  return Uint16Array.from({ length: MADE_DIM }, () => Math.floor(rng() * 0x3c00));
}

export function isMadeOf(text: string, vector: Uint16Array): boolean {
  const made = madeVector(text);
  return vector.length === made.length && vector.every((bits, at) => bits === made[at]);
}
