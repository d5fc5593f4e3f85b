import { expect, test } from "vitest";
import { SextantError, type PushRequest, type RemoteLink, type RemoteListing } from "../../contract/index.ts";
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

const LINK: Omit<RemoteLink, "collectionId"> = {
  mode: "pushed",
  server: {
    url: "http://localhost:8000",
    tenant: "default_tenant",
    database: "default_database",
  },
  remoteName: "boats-lrlm",
  task: "lrlm",
  policy: "paper",
  atMs: 0,
  passages: 2,
};

test("a copy is renewed as it was made, under its own name, whatever is searched by now", async () => {
  const { state, actions, engine } = openStore();
  const collection = await engine.createCollection({ name: "Boats", kind: "document" });
  const asked: PushRequest[] = [];
  const { push } = engine;
  engine.push = (request, options) => push((asked.push(request), request), options);
  engine.remotes = () => Promise.resolve([{ ...LINK, collectionId: collection.id }]);
  actions.remote.ensure();
  await expect.poll(() => state.getState().remote.links).not.toBeNull();
  for (const url of ["localhost:8000", "http://localhost:8000/", "https://elsewhere.example"]) {
    actions.remote.show({ push: collection });
    actions.remote.describe({ url, tenant: "", database: "", key: "" });
    await actions.remote.push(false);
  }
  const { task, policy, remoteName } = LINK;
  expect(asked.slice(0, 2)).toMatchObject(Array(2).fill({ task, policy, remoteName }));
  // Another server has no copy that could be renewed.
  expect(asked[2]).toMatchObject({ task: "qa", policy: "use" });
  expect(asked[2]).not.toHaveProperty("remoteName");
});

test("a key goes to no other server than the one that it was typed for", async () => {
  const { state, actions, engine } = openStore();
  const collection = await engine.createCollection({ name: "Boats", kind: "document" });
  const link = { ...LINK, collectionId: collection.id };
  const asked: unknown[] = [];
  const { pull } = engine;
  engine.pull = (request, options) => pull((asked.push(request), request), options);
  engine.remotes = () => Promise.resolve([link]);
  actions.remote.describe(SERVER);
  await actions.remote.pull(link);
  expect(JSON.stringify(asked)).not.toContain(SERVER.key);
  actions.remote.show({ push: collection });
  expect(state.getState().remote.server).toEqual({ ...LINK.server, key: "" });
});

test("what was asked for before the address changed or the dialog closed is stopped, and shown nowhere", async () => {
  const { state, actions, engine } = openStore();
  const waiting: { readonly answer: (listings: readonly RemoteListing[]) => void; signal: AbortSignal }[] =
    [];
  engine.listRemote = (_request, options) =>
    new Promise((answer) => waiting.push({ answer, signal: options!.signal! }));
  actions.remote.show("open");
  actions.remote.describe(SERVER);
  const first = actions.remote.list();
  expect(state.getState().remote.isAsking).toBe(true);
  actions.remote.describe({ url: "https://elsewhere.example" });
  expect(waiting[0]!.signal.aborted).toBe(true);
  expect(state.getState().remote.isAsking).toBe(false);
  const second = actions.remote.list();
  waiting[0]!.answer([FAKE_LISTING]);
  await first;
  expect(state.getState().remote).toMatchObject({ listings: null, isAsking: true });
  actions.remote.show(null);
  waiting[1]!.answer([FAKE_LISTING]);
  await second;
  expect(state.getState().remote).toMatchObject({ listings: null, isAsking: false });
});

test("where collections are is not known until it was said, and what failed is said and asked again", async () => {
  const { state, actions, engine } = openStore();
  engine.failWith("remotes", new SextantError("storage/unavailable", "The database is away. Reload."));
  actions.remote.ensure();
  await expect.poll(() => state.getState().jobs.failures).toMatchObject([{ code: "storage/unavailable" }]);
  expect(state.getState().remote.links).toBeNull();
  engine.failWith("remotes", null);
  actions.remote.ensure();
  await expect.poll(() => state.getState().remote.links).toEqual({});
  expect(state.getState().jobs.failures).toEqual([]);
});
