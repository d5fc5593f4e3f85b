import type { EngineStatus } from "../../contract/index.ts";
import type { instruments } from "../words/en/instruments.ts";

const USED_WORDS = { webgpu: "WebGPU", wasm: "WASM" } as const;

/** `WASM, q8`; where no model encodes, that words alone are compared. */
export function usedWords({ model, device }: EngineStatus, words: typeof instruments): string {
  return model.dim === 0 ? words.wordsOnly : `${USED_WORDS[device.used]}, ${device.dtype}`;
}
