import { expect, test } from "vitest";
import { SextantError } from "../../contract/index.ts";
import { FAKE_LISTING } from "./testing/fake-copies.ts";
import { openStore } from "./testing/open-store.ts";

const SERVER = { url: "https://chroma.example:8000", tenant: "team", database: "", key: "secret" };

test("a collection is opened from a server, shown as living there, pulled and then has a copy there", async () => {
  const { state, actions } = openStore();
  actions.remote.show("open");
  actions.remote.describe(SERVER);
  await actions.remote.list();
  expect(state.getState().remote.listings).toEqual([FAKE_LISTING]);
  await actions.remote.open(FAKE_LISTING);
  expect(state.getState().remote.dialog).toBeNull();
  const [link] = Object.values(state.getState().remote.links!);
  expect(link).toMatchObject({ mode: "remote", server: { url: SERVER.url, tenant: "team" } });
  expect(JSON.stringify(link)).not.toContain("secret");
  expect(state.getState().library.place?.collectionId).toBe(link!.collectionId);
  await actions.remote.pull(link!);
  expect(state.getState().remote.links![link!.collectionId]!.mode).toBe("pushed");
  await actions.remote.forget(link!);
  expect(state.getState().remote.links).toEqual({});
});

test("what a server refuses is said in the dialog, and nothing is pushed", async () => {
  const { state, actions, engine } = openStore();
  const collection = await engine.createCollection({ name: "Boats", kind: "document" });
  actions.remote.show({ push: collection });
  actions.remote.describe(SERVER);
  engine.failWith(
    "listRemote",
    new SextantError("remote/denied", "The server wants another key. Enter one."),
  );
  await actions.remote.push(false);
  expect(state.getState().remote).toMatchObject({ isAsking: false, failure: { code: "remote/denied" } });
  expect(engine.calls).not.toContain("push");
  engine.failWith("listRemote", null);
  await actions.remote.push(false);
  expect(engine.calls).toContain("push");
  expect(state.getState().remote).toMatchObject({ dialog: null, failure: null });
  expect(state.getState().remote.links![collection.id]!.mode).toBe("pushed");
});
