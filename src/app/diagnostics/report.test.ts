import { expect, test } from "vitest";
import { DOCUMENTS, openStore } from "../state/testing/open-store.ts";
import { diagnostics as english } from "../words/en/diagnostics.ts";
import { diagnostics as chinese } from "../words/zh/diagnostics.ts";
import { reportMarkdown, reportOf, type PageFacts } from "./report.ts";

const PAGE: PageFacts = {
  version: "1.2.3",
  userAgent: "Browser | 9",
  languages: ["zh-CN", "en"],
  window: "1400 × 900",
  memory: 8,
  online: true,
  worker: false,
  nowMs: 61_000,
};

async function openFilled() {
  const store = openStore();
  await store.actions.model.open();
  await store.actions.models.refresh();
  await store.actions.corpus.create("qa", "My secret diary");
  await store.actions.queue.add("qa", DOCUMENTS);
  store.actions.query.use({ task: "qa", question: "where is the treasure" });
  return store;
}

test("counts and codes are told, and nothing that the person wrote or named", async () => {
  const { state, actions } = await openFilled();
  actions.panel.noteCode("gpu/lost");
  const markdown = reportMarkdown(reportOf(state.getState(), PAGE, english));
  expect(markdown).toContain("| Sextant | 1.2.3 |");
  expect(markdown).toMatch(/document: sources \d+, passages \d+/);
  expect(markdown).toMatch(/\| 1 \| gpu\/lost, -?\d+ s ago \|/);
  for (const own of ["diary", "treasure", "sextant.md", "horizon", "compass"])
    expect(markdown).not.toContain(own);
});

test("what is not known is said not to be told, and what has no model says so", () => {
  const { state } = openStore();
  const groups = reportOf(state.getState(), { ...PAGE, memory: null }, english);
  expect(groups.find(({ heading }) => heading === "Device")?.rows).toEqual([["model", "none is open"]]);
  const browser = groups.find(({ heading }) => heading === english.groups.browser);
  expect(browser?.rows).toContainEqual(["memory of the device", "not told"]);
});

test("a bar or a line break in a value does not break the table", () => {
  const lines = reportMarkdown(reportOf(openStore().state.getState(), PAGE, english)).split("\n");
  const row = lines.find((line) => line.includes("Browser"));
  expect(row).toBe("| browser | Browser \\| 9 |");
});

test("the same facts are told in either language", async () => {
  const { state } = await openFilled();
  const now = state.getState();
  const shape = (words: typeof english) => reportOf(now, PAGE, words).map(({ rows }) => rows.length);
  expect(shape(chinese)).toEqual(shape(english));
});
