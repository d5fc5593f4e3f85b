import type { PageCalls } from "../page-calls.ts";
import { collectionOf, engineOf, isFoundFirst } from "./engine-work.ts";

export async function seek({ text }: PageCalls["seek"]["in"]): Promise<PageCalls["seek"]["out"]> {
  const engine = await engineOf();
  const isFound = await isFoundFirst(engine, await collectionOf(engine), text);
  return { isFound, atMs: Date.now() };
}

export async function held(): Promise<PageCalls["held"]["out"]> {
  const engine = await engineOf();
  const sources = await engine.sources({ collectionId: await collectionOf(engine) });
  return { sources: sources.map(({ name, done, total }) => ({ name, done, total })) };
}

export async function owns(): Promise<PageCalls["owns"]["out"]> {
  const own = `torture-${crypto.randomUUID()}`;
  return navigator.locks.request(own, async () => {
    const { held: locks = [] } = await navigator.locks.query();
    const holderOf = (name: string) => locks.find((lock) => lock.name === name)?.clientId;
    return { isOwner: holderOf("sextant-owner") === holderOf(own) };
  });
}
