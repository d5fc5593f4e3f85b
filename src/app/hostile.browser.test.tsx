import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { TASK_IDS, KIND_OF_TASK, type TaskQuery } from "../contract/index.ts";
import { HOSTILE, HOSTILE_FILES, HOSTILE_LINE, HOSTILE_NAME, MARK } from "../contract/testing/hostile.ts";
import { composePicture } from "./pictures/save-picture.ts";
import { mountApp } from "./shell/testing/mount-app.tsx";
import { PICTURES } from "./state/pictures.ts";
import { selectCollection, selectSources } from "./state/select.ts";
import type { OpenedStore } from "./state/testing/open-store.ts";

const asked = new Set<string>();
const observer = new PerformanceObserver((list) => {
  for (const { name } of list.getEntries()) asked.add(name);
});
observer.observe({ type: "resource" });

let unmount: () => void = () => undefined;
afterEach(() => unmount());

/** Elements and attributes that run, load or send something. */
function foundIn(root: ParentNode): string[] {
  const elements = [...root.querySelectorAll("*")];
  const found = root.querySelectorAll(
    "script, iframe, object, embed, base, meta, link, style, img, form[action], animate, foreignObject, [srcdoc]",
  );
  const active = elements.filter((element) =>
    [...element.attributes].some(
      ({ name, value }) => name.startsWith("on") || /^\s*(java\s*script|data|vbscript):/i.test(value),
    ),
  );
  return [...found, ...active].map(({ outerHTML }) => outerHTML.slice(0, 200));
}

async function expectPlain(where: string): Promise<void> {
  // Handlers of what would have been taken for a page run in tasks of their own.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(foundIn(document.body), where).toEqual([]);
  expect(globalThis, where).not.toHaveProperty(MARK);
  expect(
    [...asked].filter((url) => url.includes("elsewhere")),
    where,
  ).toEqual([]);
}

const ask = `compass ${HOSTILE[1]}`;
const QUERIES: readonly TaskQuery[] = [
  { task: "qa", question: ask },
  { task: "convsearch", turns: [HOSTILE[0] ?? "", HOSTILE[1] ?? ""], question: ask },
  { task: "chat", utterance: ask },
  { task: "lrlm", chunk: ask },
  { task: "icl", input: ask },
  { task: "tool", request: ask },
];

/** A server whose address, collections and complaints are hostile, beside a collection of that name. */
async function showServer({ engine, actions }: OpenedStore, collectionId: number): Promise<void> {
  const place = { remoteName: HOSTILE_NAME, task: "qa", passages: 1 } as const;
  const make = {
    modelId: HOSTILE_NAME,
    modelKey: HOSTILE_LINE,
    dtype: "q8",
    chunkers: [HOSTILE_LINE],
  } as const;
  const listing = { ...place, ...make, name: HOSTILE_LINE, kind: "document", obstacle: null } as const;
  const server = {
    url: `https://elsewhere.invalid/${HOSTILE_NAME}`,
    tenant: HOSTILE_LINE,
    database: HOSTILE_LINE,
  };
  const link = { ...place, server, collectionId, mode: "pushed", policy: "use", atMs: 0 } as const;
  const refused = { ...listing, remoteName: "other", obstacle: HOSTILE_LINE };
  engine.listRemote = () => Promise.resolve([listing, refused]);
  engine.remotes = () => Promise.resolve([link]);
  actions.remote.ensure();
  actions.remote.show("open");
  await actions.remote.list();
}

test("no hostile text runs, loads or sends anything, in any task, picture, list, dialog or notice", async () => {
  const app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    for (const task of TASK_IDS)
      if (task !== "convsearch")
        await actions.queue.add(
          task,
          HOSTILE_FILES.filter(({ kind }) => kind === KIND_OF_TASK[task]),
        );
  });
  ({ unmount } = app);
  const { actions, state } = app;
  for (const task of TASK_IDS) {
    actions.query.setTask(task);
    const query = QUERIES.find((one) => one.task === task);
    if (query) actions.query.use(query);
    await expect.element(page.getByRole("tab", { selected: true })).toHaveAttribute("data-task", task);
    await expect
      .poll(() => state.getState().results[task].result?.hits.length ?? 0, { timeout: 5000, message: task })
      .toBeGreaterThan(0);
    for (const picture of PICTURES) {
      actions.pictures.show(picture);
      await expectPlain(`${task}, ${picture}`);
    }
    actions.pictures.show("limb");
    const frame = document.querySelector<HTMLElement>("[role=tabpanel]:not([hidden]) figure");
    const saved = frame && composePicture(frame);
    if (saved) expect(foundIn(saved), `${task}, saved`).toEqual([]);
    const source = selectSources(state.getState(), task)[0];
    if (source) {
      actions.panel.read({ sourceId: source.id, name: source.name, startUtf16: 0, endUtf16: 20 });
      await expect.element(page.getByRole("dialog")).toBeVisible();
      await expectPlain(`${task}, reader`);
      actions.panel.read(null);
      actions.library.show({
        collectionId: selectCollection(state.getState(), task)?.id ?? null,
        sourceId: source.id,
      });
      await expectPlain(`${task}, library`);
      actions.library.show(null);
    }
  }
  for (const text of HOSTILE) actions.jobs.fail(text, new Error(text));
  await expect
    .poll(() => document.querySelectorAll("[role=alert]").length)
    .toBeGreaterThanOrEqual(HOSTILE.length);
  await expectPlain("notices");
  const { id } = await app.engine.createCollection({ name: HOSTILE_NAME, kind: "document" });
  await actions.corpus.refresh();
  actions.library.show({ collectionId: id, sourceId: null });
  await expect
    .poll(() => document.querySelector("main")?.textContent, { timeout: 5000 })
    .toContain(HOSTILE_NAME);
  await expectPlain("a collection's name");
  await showServer(app, id);
  await expect.element(page.getByRole("dialog")).toHaveTextContent("elsewhere.invalid/a.css");
  await expectPlain("what a server has");
  actions.remote.show(null);
  await expectPlain("where a collection is");
  for (const overlay of ["palette", "diagnostics"] as const) {
    actions.panel.showOverlay(overlay);
    await expect.element(page.getByRole("dialog")).toBeVisible();
    await expectPlain(overlay);
  }
});
