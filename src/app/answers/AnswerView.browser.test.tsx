import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import type { AnswerRecord, TextModelEntry } from "../../contract/index.ts";
import { AppStoreContext } from "../state/context.tsx";
import { openStore } from "../state/testing/open-store.ts";
import "../style/index.css";
import { AnswerView } from "./AnswerView.tsx";
import { DeviceModels } from "./DeviceModels.tsx";
import { Teach } from "./Teach.tsx";

let root: Root | undefined;
afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

function show(text: string, more: Partial<AnswerRecord> = {}) {
  const store = openStore();
  const source = { sourceId: 3, sourceName: "tea.md", title: "Tea", startUtf16: 10, endUtf16: 24 };
  const record: AnswerRecord = {
    query: { task: "qa", question: "How long?" },
    preset: "practical",
    model: "tiny",
    messages: [],
    functions: [],
    sources: [{ passageId: 1, text: "Three minutes.", ...source }],
    text,
    calls: [],
    check: null,
    isPart: false,
    ...more,
  };
  const place = document.createElement("div");
  document.body.append(place);
  root = createRoot(place);
  root.render(
    <AppStoreContext value={store}>
      <AnswerView record={record} isWhole />
    </AppStoreContext>,
  );
  return { place, store };
}

test("an answer that is hostile stays text: no script, no image, no link but to a page, no number that leads elsewhere", async () => {
  const { place, store } = show(
    [
      '<img src=x onerror="globalThis.ran = true"><script>globalThis.ran = true</script>',
      "[run](javascript:globalThis.ran=true) and [data](data:text/html,hi)",
      "![seen](https://elsewhere.invalid/pixel.png) and [a page](https://elsewhere.invalid/)",
      "As said [1].\n\n[1]: https://elsewhere.invalid/instead",
      `${"> ".repeat(200)}deep`,
    ].join("\n\n"),
  );
  await expect.element(page.getByText("As said")).toBeVisible();
  expect(place.querySelectorAll("img, script, iframe, style")).toHaveLength(0);
  const links = [...place.querySelectorAll("a")].map((link) => [link.textContent, link.href, link.rel]);
  const safe = "noopener noreferrer nofollow";
  expect(links).toEqual([
    ["seen", "https://elsewhere.invalid/pixel.png", safe],
    ["a page", "https://elsewhere.invalid/", safe],
  ]);
  expect(globalThis).not.toHaveProperty("ran");
  await page.getByRole("button", { name: "Source 1: Tea" }).first().click();
  expect(store.state.getState().panel.reading).toMatchObject({ sourceId: 3, startUtf16: 10, endUtf16: 24 });
});

test("a very long answer is shown as it came, its numbers still lead to their sources", async () => {
  const { place } = show(`${"**word** ".repeat(4000)} end [1].`);
  await expect.element(page.getByRole("button", { name: "Source 1: Tea" })).toBeInTheDocument();
  expect(place.querySelector("strong")).toBeNull();
  expect(place.textContent).toContain("**word** **word**");
});

test("sentences that nothing says closely are marked and said to be, the others are not", async () => {
  const text = "Three minutes [1]. Whales *sing* there [1].";
  const sentence = { sources: [1], unknown: [], closest: { source: 1, cosine: 0.2, start: 0, end: 14 } };
  const { place } = show(text, {
    check: {
      cutoff: { cosine: 0.5, chance: 0.01, pairs: 900 },
      sentences: [
        { ...sentence, start: 0, end: 19, text: "Three minutes.", isClose: true },
        { ...sentence, start: 19, end: text.length, text: "Whales sing there.", isClose: false },
      ],
    },
  });
  await expect.element(page.getByText("1 of 2 sentences", { exact: false })).toBeVisible();
  const marked = [...place.querySelectorAll(".answer-text .far")].map(({ textContent }) => textContent);
  expect(marked.join("")).toBe("Whales sing there .");
  await expect.element(page.getByText("(no cited passage says this closely)").first()).toBeInTheDocument();
});

test("the model that answered is asked which sources helped, and that is told and can be stopped", async () => {
  const store = openStore();
  const state = store.state.getState();
  store.state.setState({
    answers: { ...state.answers, generator: "server", server: { ...state.answers.server, model: "tiny" } },
  });
  const source = { sourceId: 3, sourceName: "tea.md", text: "Three.", startUtf16: 0, endUtf16: 6 };
  const record: AnswerRecord = {
    query: { task: "qa", question: "How long?" },
    preset: "practical",
    model: "tiny",
    messages: [],
    functions: [],
    sources: [
      { ...source, passageId: 1, title: "Tea" },
      { ...source, passageId: 2, title: "Coffee" },
    ],
    text: "Four minutes [2].",
    calls: [],
    check: null,
    isPart: false,
  };
  const place = document.createElement("div");
  document.body.append(place);
  root = createRoot(place);
  root.render(
    <AppStoreContext value={store}>
      <Teach record={record} />
    </AppStoreContext>,
  );
  await page.getByText("Is this right?", { exact: false }).click();
  await expect
    .element(page.getByText("tiny is asked once for each of the 2 sources", { exact: false }))
    .toBeVisible();
  await expect.element(page.getByRole("textbox")).toHaveValue("Four minutes.");
  await page.getByRole("button", { name: "Ask which sources helped" }).click();
  await expect.element(page.getByRole("listitem").first()).toHaveTextContent("[2] Coffee 0.50");
});

test("files of a language model go only when that was asked and answered", async () => {
  const store = openStore();
  const model = { id: "tiny", name: "Tiny", dtype: "q4", sizeBytes: 2e9 } as TextModelEntry;
  store.engine.textModels = () => Promise.resolve([model]);
  const gone: string[] = [];
  store.engine.removeTextModel = ({ id }) => Promise.resolve(void gone.push(id));
  store.actions.answers.choose("device");
  const place = document.createElement("div");
  document.body.append(place);
  root = createRoot(place);
  root.render(
    <AppStoreContext value={store}>
      <DeviceModels />
    </AppStoreContext>,
  );
  const remove = page.getByRole("button", { name: "Delete", exact: true });
  await remove.click();
  const asked = page.getByRole("alertdialog", { name: "Delete Tiny (q4)?" });
  await asked.getByRole("button", { name: "Keep it" }).click();
  await expect.element(remove).toHaveFocus();
  expect(gone).toEqual([]);
  await remove.click();
  await asked.getByRole("button", { name: "Delete" }).click();
  await expect.poll(() => gone).toEqual(["tiny"]);
});
