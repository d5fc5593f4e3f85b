import { expect, test } from "vitest";
import { createMemoryStore } from "./memory-store.ts";
import { storeContract } from "./store.contract.ts";

storeContract(async () => {
  const store = createMemoryStore();
  return { store, reopen: async () => store, close: async () => undefined };
});

test("a full store says so and leaves what was there", async () => {
  const folder = createMemoryStore({ capacityBytes: 5 }).folder("a");
  const sink = await folder.create("b");
  await sink.write(new Uint8Array(4));
  await expect(sink.write(new Uint8Array(2))).rejects.toMatchObject({ code: "storage/full" });
  expect(await folder.list()).toEqual([{ path: "b", sizeBytes: 4 }]);
});
