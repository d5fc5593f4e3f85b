import type { PageCalls } from "../page-calls.ts";
import { documentText, passageText } from "../words.ts";
import { collectionOf, engineOf, isFoundFirst, trim } from "./engine-work.ts";

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
