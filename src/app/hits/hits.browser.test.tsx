import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { mountApp } from "../shell/testing/mount-app.tsx";
import type { OpenedStore } from "../state/testing/open-store.ts";

const FILES = [
  {
    name: "harbour.md",
    content: "The harbour is old. The ferry to the islands leaves at noon. Gulls sleep there.",
  },
  { name: "ferry.md", content: "A ferry carries cars." },
  { name: "log.md", content: "The log line measures the speed of a ship." },
];

let app: OpenedStore & { unmount(): void };

beforeEach(async () => {
  await page.viewport(1280, 860);
  app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    await actions.queue.add("qa", FILES);
    actions.query.use({ task: "qa", question: "when leaves the ferry" });
  });
  await expect.element(hit(1)).toBeVisible();
});
afterEach(() => app.unmount());

const hit = (rank: number) => page.getByRole("listitem", { name: new RegExp(`^${rank}\\. `) });
const calls = (name: string): number => app.engine.calls.filter((one) => one === name).length;

test("the sentence that comes nearest is marked, and the source opens at it", async () => {
  await expect
    .poll(() => document.querySelector("[data-best]")?.textContent)
    .toBe("The ferry to the islands leaves at noon.");
  await hit(1).getByRole("button", { name: "Open in the source" }).click();
  await expect.element(page.getByRole("dialog")).toBeVisible();
  expect(document.querySelector("[role=dialog] mark")?.textContent).toBe(
    "The ferry to the islands leaves at noon.",
  );
});

test("a hit is pinned and let go again, and the button keeps the focus", async () => {
  const pin = hit(2).getByRole("button", { name: "Pin" });
  await pin.click();
  await expect.element(pin).toHaveAttribute("aria-pressed", "true");
  await expect.element(pin).toHaveFocus();
  await expect.element(page.getByText("Marks of yours here: 1.")).toBeVisible();
  await pin.click();
  await expect.element(pin).toHaveAttribute("aria-pressed", "false");
  await expect.element(page.getByText("Marks of yours here", { exact: false })).not.toBeInTheDocument();
});

test("right and wrong are said of a hit, the later of the two, and stay with their question", async () => {
  const button = (name: string) => hit(1).getByRole("button", { name, exact: true });
  await button("Right").click();
  await expect.element(button("Right")).toHaveAttribute("aria-pressed", "true");
  await button("Wrong").click();
  await expect.element(button("Wrong")).toHaveAttribute("aria-pressed", "true");
  await expect.element(button("Right")).toHaveAttribute("aria-pressed", "false");
  await page.getByRole("textbox", { name: "Question" }).fill("ferry");
  await expect.element(button("Wrong")).toHaveAttribute("aria-pressed", "false");
  expect(calls("feedback")).toBe(2);
});

test("why a hit is there is told by both halves, and what took the time by steps", async () => {
  await hit(1).getByRole("button", { name: "Why this hit" }).click();
  await hit(2).getByRole("button", { name: "Why this hit" }).click();
  await expect.element(hit(2).getByText(/nearer than 50 % of the 3/)).toBeVisible();
  const why = hit(1).getByText(/matched: /);
  await expect.element(why).toHaveTextContent("matched: The, ferry, leaves");
  await expect.element(hit(1).getByText(/the nearest of all 3 that/)).toBeVisible();
  await page.getByRole("button", { name: /what took the time/ }).click();
  const times = page.getByRole("figure", { name: "What took the time" });
  await expect.element(times).toHaveTextContent(/embed9\.1 ms.*keywords0\.6 ms/);
  await expect.element(times.getByText("re-score")).not.toBeInTheDocument();
});

test("hits are saved in the format that was chosen", async () => {
  const made = vi.spyOn(URL, "createObjectURL");
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  try {
    await page.getByText("Save", { exact: true }).click();
    await page.getByRole("button", { name: "Save the hits as JSON" }).click();
    await expect.poll(() => made.mock.calls.length).toBe(1);
    const blob = made.mock.calls[0]?.[0];
    if (!(blob instanceof Blob)) throw new Error("No file was made.");
    expect(JSON.parse(await blob.text())).toMatchObject({ query: "when leaves the ferry", task: "qa" });
    expect(clicked).toHaveBeenCalledOnce();
  } finally {
    vi.restoreAllMocks();
  }
});

test("hits are on the page one frame after the engine has answered, and a former “nothing” does not outlive its question", async () => {
  const box = page.getByRole("textbox", { name: "Question" });
  await box.fill("xyzzy");
  app.actions.query.setMode("keywords");
  const nothing = page.getByRole("region", { name: "Passages" }).getByText("Nothing here matches.");
  await expect.element(nothing).toBeVisible();
  await expect
    .poll(() => document.querySelector("[role=status].unseen")?.textContent)
    .toBe("Nothing here matches.");
  const { search } = app.engine;
  let answer: () => void = () => undefined;
  app.engine.search = async (...args) => {
    await new Promise<void>((resolve) => (answer = resolve));
    return search(...args);
  };
  app.actions.query.use({ task: "qa", question: "ferry" });
  await expect.element(nothing).not.toBeInTheDocument();
  expect(document.querySelector("[data-hits]")).toBeNull();
  answer();
  await expect.poll(() => app.state.getState().results.qa.phase, { interval: 1 }).toBe("ready");
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(document.querySelectorAll("[data-hits] > li")).toHaveLength(2);
});
