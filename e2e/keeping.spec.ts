import type { Page } from "@playwright/test";
import { ask, drop, hits } from "./documents.ts";
import { expect, test } from "./fixtures.ts";

/** Sections that differ in one word each, long enough that a batch of 128 takes about a second where nothing else runs. */
function longDocument(sections: number): string {
  const filler =
    "The harbour master writes down every ship that comes in with its cargo and its crew. ".repeat(4);
  return Array.from(
    { length: sections },
    (_, i) => `# Ship number ${i}\n\n${filler}Its flag shows sign${i}.\n`,
  ).join("\n");
}

test("a tab killed while indexing goes on where it stopped", async ({ page, context }) => {
  await page.goto("/");
  await drop(page, "ships.md", longDocument(450));
  const counts = page.locator(".job-counts");
  await expect(counts).toContainText(/^(128|256) of 450 passages/, { timeout: 60_000 });
  await page.close();

  const again = await context.newPage();
  await again.goto("/");
  await expect(again.locator(".job")).toContainText(/interrupted|Finishing/i);
  await expect(again.locator(".job-counts")).toContainText(/of (322|194|66) passages/);
  await expect(again.locator(".job")).toHaveCount(0, { timeout: 100_000 });
  await expect(again.getByLabel("Your material")).toContainText("450 passages");
  await ask(again, "which ship shows sign449");
  await expect(hits(again).first()).toContainText("sign449");

  await again.reload();
  await ask(again, "which ship shows sign3");
  await expect(hits(again).first()).toContainText("sign3");
  await expect(again.locator(".job")).toHaveCount(0);
});

test("indexing can be stopped, the page stays usable, and what was done is found", async ({ page }) => {
  await page.goto("/");
  await drop(page, "ships.md", longDocument(600));
  await expect(page.locator(".job-counts")).toContainText(/^128 of 600/, { timeout: 60_000 });
  await ask(page, "which ship shows sign5");
  await expect(hits(page).first()).toContainText("sign5");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.locator(".job")).toHaveCount(0);
  await expect(page.getByLabel("Your material")).toContainText("of 600 passages");
});

test("two tabs share one engine: both add, search and remove at once, and each sees what the other does", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await drop(page, "tea.md", "# Tea\n\nSteep green tea for two minutes.");
  await ask(page, "how long for green tea?");
  await expect(hits(page).first()).toContainText("two minutes");

  const second = await context.newPage();
  await second.goto("/");
  await expect(second.getByLabel("Your material")).toContainText("tea.md");
  await Promise.all([
    drop(page, "ships.md", longDocument(140)),
    drop(second, "boats.md", "# Boats\n\nA sloop carries one mast."),
  ]);
  for (const tab of [page, second]) {
    await expect(tab.getByLabel("Your material")).toContainText("142 passages", { timeout: 60_000 });
    await ask(tab, "which boat carries one mast?");
    await expect(hits(tab).first()).toContainText("sloop");
  }
  const engines = await second.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name?.startsWith("sextant-engine-")).length;
  });
  expect(engines).toBe(1);

  await second.getByRole("button", { name: "Remove tea.md" }).click();
  await page.getByRole("button", { name: "Remove boats.md" }).click();
  for (const tab of [page, second]) {
    await expect(tab.getByLabel("Your material")).toContainText("140 passages");
    await ask(tab, "one mast, or two minutes");
    await expect(hits(tab).first()).toContainText("Ship number");
    await expect(tab.getByText(/one mast\.|two minutes\./)).toHaveCount(0);
  }
});

test("when the tab that runs the engine goes, the next one takes over, and its own work goes on", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: /^Instruments/ })).toHaveAccessibleName(/WASM/);
  const second = await context.newPage();
  await second.goto("/");
  await drop(second, "ships.md", longDocument(300));
  await expect(second.locator(".job-counts")).toContainText(/^(128|256) of 300 passages/, {
    timeout: 60_000,
  });
  await page.close();
  await expect(second.locator(".job")).toHaveCount(0, { timeout: 100_000 });
  await ask(second, "which ship shows sign299");
  await expect(hits(second).first()).toContainText("sign299");
  expect(second.workers()).toHaveLength(2);
});

test("a tab that does not answer is told, and what it holds can be taken over", async ({
  page,
  context,
  complaints,
}) => {
  await page.goto("/samples/samples.json");
  await page.evaluate(
    () =>
      new Promise<void>((held) => {
        const lock = navigator.locks.request("sextant-owner", () => {
          held();
          return new Promise(() => undefined);
        });
        lock.catch(() => undefined);
      }),
  );
  // A page of data has no icon of its own; Chromium asks for one, some time after.
  await expect.poll(() => complaints).toEqual([expect.stringContaining("/favicon.ico")]);
  complaints.length = 0;
  const second = await context.newPage();
  await second.goto("/");
  await expect(second.getByRole("heading", { name: "Sextant is open in another tab" })).toBeVisible();
  await second.getByRole("button", { name: "Use it here" }).click();
  await drop(second, "tea.md", "# Tea\n\nSteep green tea for two minutes.");
  await ask(second, "how long for green tea?");
  await expect(hits(second).first()).toContainText("two minutes");
});

/** Ends a worker as a crash does: nobody is told but by its silence. */
async function kill(page: Page, worker: "sextant-engine" | "sextant-storage"): Promise<void> {
  await page.evaluate((name) => {
    const { workers } = globalThis as unknown as { readonly workers: Map<string, Worker> };
    workers.get(name)?.terminate();
  }, worker);
}

test("an engine that dies while indexing is replaced and the work goes on; without a database the page says so, and nothing is lost", async ({
  page,
}) => {
  await page.addInitScript(() => {
    const workers = new Map<string, Worker>();
    class Watched extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.set(options?.name ?? "", this);
      }
    }
    Object.assign(globalThis, { workers, Worker: Watched });
  });
  await page.goto("/");
  await drop(page, "ships.md", longDocument(300));
  await expect(page.locator(".job-counts")).toContainText(/^(128|256) of 300 passages/, { timeout: 60_000 });
  await kill(page, "sextant-engine");
  await expect(page.getByText(/was restarted|started again/i)).toBeVisible();
  await expect(page.locator(".job")).toHaveCount(0, { timeout: 100_000 });
  await ask(page, "which ship shows sign299");
  await expect(hits(page).first()).toContainText("sign299");

  await kill(page, "sextant-storage");
  await expect(page.getByRole("heading", { name: "Sextant stopped" })).toBeVisible();
  await page.reload();
  await ask(page, "which ship shows sign299");
  await expect(hits(page).first()).toContainText("sign299");
});
