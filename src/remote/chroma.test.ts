import { afterAll, describe, expect, test } from "vitest";
import {
  corpusReaderContract,
  corpusStoreContract,
  TEST_MAKE,
  testRows,
} from "../contract/corpus-store.contract.ts";
import { startChroma } from "../../tools/chroma/start-chroma.ts";
import { DEFAULT_PLACE } from "./address.ts";
import { openChroma } from "./open-chroma.ts";

const server = await startChroma();
const access = { url: server?.url ?? "", ...DEFAULT_PLACE };
afterAll(() => server?.close());

let made = 0;
const openEmpty = async () => {
  const store = await openChroma(access).openFor(`contract-${++made}`, TEST_MAKE);
  return { store, close: () => Promise.resolve() };
};

describe.skipIf(server === null)("a real Chroma server", () => {
  corpusReaderContract("Chroma", async (rows) => {
    const { store, close } = await openEmpty();
    await store.put(rows);
    return { reader: store, rows, close };
  });
  corpusStoreContract("Chroma", openEmpty);

  test("a collection is found again with its make and seal; one of another make is refused", async () => {
    const chroma = openChroma(access);
    const store = await chroma.openFor("harbour-qa", TEST_MAKE);
    await store.put(testRows(3));
    const { chunkers } = TEST_MAKE;
    await store.seal({ passages: 3, digest: "d", chunkers });
    const again = await chroma.open("harbour-qa");
    expect(again.make).toEqual(TEST_MAKE);
    expect(again.sealed).toEqual({ passages: 3, digest: "d", chunkers });
    expect(await again.count()).toBe(3);
    for (const other of [{ modelKey: "fake@1/q8" }, { task: "convsearch" as const }, { dim: 8 }])
      await expect(chroma.openFor("harbour-qa", { ...TEST_MAKE, ...other })).rejects.toMatchObject({
        code: "remote/other-model",
      });
    expect((await again.read([testRows(1)[0]!.item.id])).length).toBe(1);
  });

  test("what another program keeps there is neither listed nor opened nor written to", async () => {
    const made = `${access.url}/api/v2/tenants/default_tenant/databases/default_database/collections`;
    const body = JSON.stringify({ name: "foreign", metadata: { owner: "someone" } });
    await fetch(made, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const chroma = openChroma(access);
    expect((await chroma.list()).map(({ remoteName }) => remoteName)).not.toContain("foreign");
    await expect(chroma.open("foreign")).rejects.toMatchObject({ code: "remote/not-found" });
    await expect(chroma.openFor("foreign", TEST_MAKE)).rejects.toMatchObject({ code: "remote/other-model" });
    for (const place of [{ tenant: "nobody" }, { database: "nothing" }])
      await expect(openChroma({ ...access, ...place }).list()).rejects.toMatchObject({
        code: "remote/not-found",
      });
    await expect(chroma.open("nobody")).rejects.toMatchObject({ code: "remote/not-found" });
    await expect(chroma.openFor("né", TEST_MAKE)).rejects.toMatchObject({ code: "engine/invalid-input" });
  });

  test("an exchange whose time has no zone is found on its day by the clock of whoever searches", async () => {
    const { store } = await openEmpty();
    const times = ["2024-05-01T23:30:00", "2024-05-02T00:30:00"];
    const rows = testRows(2).map((row, i) => {
      const record = { kind: "exchange", speaker1: "", speaker2: "", at: times[i]! } as const;
      return { ...row, item: { ...row.item, passage: { ...row.item.passage, record } } };
    });
    await store.put(rows);
    const filter = { fromMs: new Date(2024, 4, 1).getTime(), untilMs: new Date(2024, 4, 2).getTime() };
    const found = await store.nearest({ vector: rows[0]!.vector, limit: 2, filter });
    expect(found.map(({ item }) => item.id)).toEqual([rows[0]!.item.id]);
  });
});
