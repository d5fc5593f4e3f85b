import type { EngineStatus } from "../../contract/index.ts";
import { formatCosine } from "../parts/format.ts";
import type { Checked } from "../state/models.ts";
import { instruments } from "../words/en/instruments.ts";
import { wordsOf } from "../words/words.ts";

export interface Proof {
  readonly sentence: string;
  /** null when nothing was compared. */
  readonly holds: boolean | null;
}

/** Whether the open model's vectors were compared with its reference on the device in use, and how near they came. */
export function proofOf({ model, device }: EngineStatus, checked: Checked | null): Proof {
  const words = wordsOf("instruments", instruments);
  if (model.dim === 0) return { sentence: words.nothingToVerify, holds: null };
  const name = words.deviceNames[device.used];
  const isOfThis = checked?.modelKey === model.key && checked.device === device.used;
  const least = isOfThis ? checked.check.leastCosine : null;
  const cosine = isOfThis ? checked.check.lowestCosine : device.parityCosine;
  if (cosine === null) return { sentence: words.notVerified(name), holds: null };
  if (least !== null && !(cosine >= least))
    return {
      sentence: words.wrong(name, formatCosine(cosine), String(least)),
      holds: false,
    };
  return { sentence: words.verified(name, formatCosine(cosine)), holds: true };
}

/** `stored in q8, multiplied in float16`. */
export function arithmeticOf({ model, device }: EngineStatus): string | null {
  return model.dim === 0
    ? null
    : wordsOf("instruments", instruments).arithmetic(device.dtype, device.arithmetic);
}
