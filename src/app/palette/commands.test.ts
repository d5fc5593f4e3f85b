import { expect, test } from "vitest";
import { DOCUMENTS, openStore, type OpenedStore } from "../state/testing/open-store.ts";
import { palette as english } from "../words/en/palette.ts";
import { palette as chinese } from "../words/zh/palette.ts";
import { commandsOf, groupFitting, type PageActs } from "./commands.ts";

const pressed: string[] = [];
const PAGE: PageActs = {
  press: (name) => (name === "add" ? () => void pressed.push(name) : null),
  focusQuery: () => void pressed.push("query"),
  language: "en",
};

async function openFilled(): Promise<OpenedStore> {
  const store = openStore();
  await store.actions.model.open();
  await store.actions.corpus.create("tool", "Kitchen");
  await store.actions.queue.add("qa", DOCUMENTS);
  return store;
}

const all = ({ state, actions }: OpenedStore, words = english) =>
  commandsOf(state.getState(), actions, words, PAGE);
const named = (store: OpenedStore, typed: string) =>
  groupFitting(all(store), typed).flatMap(({ items }) => items.map(({ label }) => label));

test("tasks, modes, what stands on the page, settings and help are offered before anything is typed", async () => {
  const groups = groupFitting(all(await openFilled()), "");
  expect(groups.map(({ id }) => id)).toEqual([
    "tasks",
    "actions",
    "modes",
    "collections",
    "settings",
    "help",
  ]);
  expect(groups[0]?.items.map(({ keys }) => keys)).toEqual(
    ["1", "2", "3", "4", "5", "6"].map((key) => [key]),
  );
});

test("a source is found by its name, and opens at its beginning", async () => {
  const store = await openFilled();
  const [source] = groupFitting(all(store), "compass")[0]?.items ?? [];
  expect(source?.label).toBe("Read compass.md");
  source?.run();
  expect(store.state.getState().panel.reading).toMatchObject({ name: "compass.md", startUtf16: 0 });
});

test("a collection of another kind is worked on under its own task", async () => {
  const store = await openFilled();
  const [kitchen] = groupFitting(all(store), "kitchen")[0]?.items ?? [];
  kitchen?.run();
  const { query, corpus } = store.state.getState();
  expect(query.task).toBe("tool");
  expect(corpus.collections.find(({ id }) => id === corpus.chosen.tool)?.name).toBe("Kitchen");
});

test("only what the page has can be pressed", async () => {
  const store = await openFilled();
  expect(named(store, "files")).toEqual(["Choose files to add"]);
  expect(named(store, "paste")).toEqual([]);
  groupFitting(all(store), "choose files")[0]?.items[0]?.run();
  expect(pressed).toContain("add");
});

test("settings change what they name", async () => {
  const store = await openFilled();
  const run = (id: string) =>
    all(store)
      .find((one) => one.id === id)
      ?.run();
  run("theme-dark");
  run("shortcuts-switch");
  run("mode-keywords");
  run("diagnostics");
  const { panel, query } = store.state.getState();
  expect(panel).toMatchObject({ theme: "dark", shortcuts: false, overlay: "diagnostics" });
  expect(query.mode).toBe("keywords");
  expect(all(store).find(({ id }) => id === "theme-dark")?.isOn).toBe(true);
});

test("every command has an id of its own, and in Chinese is still found in English", async () => {
  const store = await openFilled();
  const ids = all(store).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const found = groupFitting(all(store, chinese), "diagnostics").flatMap(({ items }) => items);
  expect(found.map(({ id }) => id)).toEqual(["diagnostics"]);
});
