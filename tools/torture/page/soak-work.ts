import { GPU_BUCKETS } from "../../../src/model/embed/batches.ts";
import { instructionOf } from "../../../src/tasks/index.ts";
import type { PageCalls } from "../page-calls.ts";
import { documentText, passageText, WORDS } from "../words.ts";
import { collectionOf, engineOf, isFoundFirst, trim } from "./engine-work.ts";

/** [CLS] and [SEP]. */
const SPECIAL_TOKENS = 2;

/**
 * A batch has the length of its longest text, rounded up, and as many rows as there are texts or as `tokens` allows. Its
 * buffers are made the first time that there is one.
 */
export async function warm({ tokens }: PageCalls["warm"]["in"]): Promise<PageCalls["warm"]["out"]> {
  const engine = await engineOf();
  const { model } = await engine.status({});
  const counts = await engine.countTokens({ texts: [instructionOf(model.prefixes, "qa", "key"), ...WORDS] });
  const words = WORDS.filter((_, at) => counts[at + 1] === 1);
  const own = SPECIAL_TOKENS + (counts[0] ?? 0);
  // Two words tell the texts of a batch apart, the others fill it up.
  const textOf = (row: number, length: number): string =>
    Array.from({ length: length - own }, (_, at) =>
      at < 2 ? words[Math.floor(row / words.length ** at) % words.length] : words[at % words.length],
    ).join(" ");
  let shapes = 0;
  for (const length of GPU_BUCKETS) {
    for (let rows = 1; rows <= Math.max(1, Math.floor(tokens / length)); rows++, shapes++) {
      const texts = Array.from({ length: rows }, (_, row) => textOf(row, length));
      await engine.embed({ task: "qa", side: "key", texts });
    }
  }
  return { shapes };
}

/** Adds sources, embeds them, asks for a passage of each, and deletes others for good. */
export async function soakStep({
  add,
  forget,
}: PageCalls["soakStep"]["in"]): Promise<PageCalls["soakStep"]["out"]> {
  const engine = await engineOf();
  const collectionId = await collectionOf(engine);
  const files = add.map(({ name, passages }) => ({ name, content: documentText(name, passages) }));
  await engine.add({ collectionId, files });
  await engine.index({ collectionId, task: "qa" });
  let found = 0;
  for (const { name, passages } of add) {
    if (await isFoundFirst(engine, collectionId, passageText(name, passages - 1))) found++;
  }
  await trim({ names: forget });
  return { found };
}

interface MemoryPage {
  measureUserAgentSpecificMemory?(): Promise<{ readonly bytes: number }>;
}

export async function measure(): Promise<PageCalls["measure"]["out"]> {
  const engine = await engineOf();
  const memory = await (performance as MemoryPage).measureUserAgentSpecificMemory?.();
  const { held = [] } = await navigator.locks.query();
  const { storage } = await engine.status({});
  return { heapBytes: memory?.bytes ?? 0, locks: held.length, databaseBytes: storage.databaseBytes };
}
