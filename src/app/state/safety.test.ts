import { expect, test } from "vitest";
import type { Collection } from "../../contract/index.ts";
import { FAKE_STATUS } from "./testing/fake-status.ts";
import { openStore, type OpenedStore } from "./testing/open-store.ts";

const collection = (passages: number): Collection => ({
  id: 1,
  name: "Documents",
  kind: "document",
  createdAt: "2026-11-21T00:00:00Z",
  sources: 1,
  passages,
});

/** A visit that finds so many passages; null where there is no collection. */
function visit(before: ReadonlyMap<string, string>, passages: number | null, options = {}): OpenedStore {
  const store = openStore(options);
  for (const [name, value] of before) store.preferences.set(name, value);
  const collections = passages === null ? [] : [collection(passages)];
  const status = { ...FAKE_STATUS, storage: { ...FAKE_STATUS.storage, persisted: false } };
  store.state.setState(({ corpus, model }) => ({
    corpus: { ...corpus, collections },
    model: { ...model, status },
  }));
  store.actions.safety.watch();
  return store;
}

const safety = ({ state }: OpenedStore) => state.getState().safety;

test("data that the browser threw away is noticed at the next start, once; what a person deleted is not", () => {
  const first = visit(new Map(), 40);
  expect(safety(first).evicted).toBe(null);
  const second = visit(first.preferences, null);
  expect(safety(second).evicted).toBe(40);
  second.actions.safety.dismissEvicted();
  expect(safety(second).evicted).toBe(null);
  expect(safety(visit(second.preferences, null)).evicted).toBe(null);

  const deleting = visit(first.preferences, 40);
  deleting.state.setState(({ corpus }) => ({ corpus: { ...corpus, collections: [] } }));
  deleting.actions.safety.watch();
  expect(safety(deleting).evicted).toBe(null);
  expect(safety(visit(deleting.preferences, null)).evicted).toBe(null);
});

test("the browser is asked to keep the data once there is something to lose, with the person's consent", async () => {
  const asked: string[] = [];
  const persist = () => Promise.resolve(asked.push("persist") > 0);
  const store = visit(new Map(), 499, { persist });
  expect(safety(store).keeping).toBe("unasked");
  const later = visit(store.preferences, 500, { persist });
  expect([safety(later).keeping, asked]).toEqual(["asked", []]);
  await later.actions.safety.keep();
  expect([safety(later).keeping, asked]).toEqual(["unasked", ["persist"]]);
  expect(later.state.getState().model.status?.storage.persisted).toBe(true);
});

test("a browser that refuses is said to; who leaves it is not asked again", async () => {
  const refusing = visit(new Map(), 900, { persist: () => Promise.resolve(false) });
  await refusing.actions.safety.keep();
  expect(safety(refusing).keeping).toBe("refused");
  const leaving = visit(new Map(), 900);
  leaving.actions.safety.leave();
  expect(safety(leaving).keeping).toBe("unasked");
  expect(safety(visit(leaving.preferences, 900)).keeping).toBe("unasked");
});
