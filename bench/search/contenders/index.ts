import type { Contender } from "./contender.ts";
import { GRAPHS } from "./graphs.ts";
import { orama } from "./orama.ts";
import { OURS } from "./ours.ts";
import { plainLoop } from "./plain-loop.ts";

export type { Chunk, Contender, Entry } from "./contender.ts";

export const CONTENDERS: readonly Contender[] = [...OURS, plainLoop, orama, ...GRAPHS];
