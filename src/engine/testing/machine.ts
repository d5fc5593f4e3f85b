import { direct } from "../../boundary/index.ts";
import type { Engine, Handlers, Storage, StorageCalls } from "../../contract/index.ts";
import { openStorage } from "../../storage/index.ts";
import { createLocalEngine } from "../local-engine.ts";
import { LATER, createFakeModel, type FakeModel } from "./fake-model.ts";

/** An engine with a fake model and a database of its own, in memory. */
export interface Machine {
  readonly storage: Storage;
  readonly model: FakeModel;
  readonly engine: Engine;
}

const opened: Storage[] = [];

/** Calls that `instead` gives stand in front of the storage's own. */
export async function openMachine(
  instead: (own: Handlers<StorageCalls>) => Partial<Handlers<StorageCalls>> = () => ({}),
): Promise<Machine> {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  const storage = direct<StorageCalls>({ ...handlers, ...instead(handlers) }, close);
  opened.push(storage);
  const model = createFakeModel();
  return {
    storage,
    model,
    engine: direct(createLocalEngine({ storage, model, adaptation: LATER }).handlers),
  };
}

/** For `afterEach` or `afterAll`. */
export async function closeMachines(): Promise<void> {
  for (const storage of opened.splice(0)) await storage.close();
}

/** The bundle of some collections, or of everything. */
export async function exported(engine: Engine, collectionIds?: readonly number[]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  await engine.exportBundle(collectionIds ? { collectionIds } : {}, {
    onEvent: (event) => {
      if (event.type === "bytes") parts.push(new Uint8Array(event.bytes));
    },
  });
  return new Blob(parts);
}
