import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";

const KINDS = [
  (i: number) => [`${i}.md`, `# Port ${i}\n\nThe lamp of port ${i} shows sign${i}.\n`],
  (i: number) => [`${i}.html`, `<h1>Port ${i}</h1><p>The lamp of port ${i} shows sign${i}.</p>`],
  (i: number) => [`${i}.csv`, `port,lamp\n${i},sign${i}\n`],
  (i: number) => [`${i}.py`, `def port${i}():\n    return "sign${i}"\n`],
] as const;

/** A folder of small files of many kinds, with five bad ones among them. */
async function writeFolder(folder: string, good: number): Promise<void> {
  await mkdir(join(folder, "ports"), { recursive: true });
  for (let i = 0; i < good; i++) {
    const [name = "", text = ""] = KINDS[i % KINDS.length]?.(i) ?? [];
    await writeFile(join(folder, "ports", name), text);
  }
  await writeFile(join(folder, "empty.txt"), " \n");
  await writeFile(join(folder, "broken.pdf"), "%PDF-1.7\nnothing follows");
  await writeFile(join(folder, "half.jsonl"), '{"text": "whole"}\n{"text": ');
  await writeFile(join(folder, "cut.zip"), Buffer.from("PK\u0003\u0004 and no more"));
  await writeFile(
    join(folder, "noise.txt"),
    Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)),
  );
}

test("of a folder of 200 files five are bad: the others go through, these say why, and a mended one is taken", async ({
  page,
}, info) => {
  const folder = info.outputPath("harbours");
  await writeFolder(folder, 195);
  await page.goto("/");
  const input = page.getByLabel("Files to add").first();
  await input.evaluate((element) => element.setAttribute("webkitdirectory", ""));
  await input.setInputFiles(folder);

  const queue = page.getByRole("group", { name: "Files", exact: true });
  await expect(queue).toContainText(/Adding 200 files/);
  await queue.getByRole("button", { name: "Pause" }).click();
  await expect(queue).toContainText("Paused");
  await queue.getByRole("button", { name: "Show files" }).click();
  await expect(queue.getByRole("region", { name: "Files" })).toContainText("waiting");
  const counts = queue.locator(".queue-counts");
  const before = await counts.textContent();
  await page.waitForTimeout(500);
  expect(await counts.textContent()).toBe(before);
  await queue.getByRole("button", { name: "Resume" }).click();

  for (const [name, code] of [
    ["empty.txt", "ingest/empty"],
    ["broken.pdf", "ingest/unreadable"],
    ["half.jsonl", "ingest/unreadable"],
    ["cut.zip", "ingest/unreadable"],
    ["noise.txt", "ingest/binary"],
  ] as const)
    await expect(page.getByRole("alert").filter({ hasText: name })).toContainText(code);
  await expect(queue).toContainText("Not added: 5", { timeout: 80_000 });
  await expect(page.getByLabel("Your material").locator(".panel-head")).toContainText("195 sources");

  expect(await findAxeFaults(page, { within: ".notices" })).toEqual([]);

  const mended = join(folder, "half.jsonl");
  await rm(mended);
  await writeFile(mended, '{"text": "The mended file shows sign900."}\n');
  await page.getByRole("button", { name: "Try half.jsonl again" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "half.jsonl" })).toContainText("ingest/changed");
  await page.getByLabel("Choose half.jsonl anew").last().setInputFiles(mended);
  await expect(page.getByRole("alert").filter({ hasText: "half.jsonl" })).toHaveCount(0);
  await expect(queue).toContainText("Not added: 4");
  const question = page.getByRole("textbox", { name: "Question" });
  await question.fill("what does the mended file show");
  await expect(page.locator("[data-hits] > li").first()).toContainText("sign900");
  await question.fill("which lamp shows sign178");
  await expect(page.locator("[data-hits] > li").first()).toContainText("sign178");
  await queue.getByRole("button", { name: "Dismiss all" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

const guide = (third: string): string =>
  Array.from(
    { length: 12 },
    (_, i) => `# Lamp ${i}\n\n${i === 3 ? third : `The lamp of pier ${i} is red.`}\n`,
  ).join("\n");

test("a file that comes again says how much of it changed and takes the older one's place; a PDF opens at its page", async ({
  page,
}) => {
  await page.goto("/");
  const input = page.getByLabel("Files to add").first();
  const add = (text: string) =>
    input.setInputFiles({ name: "guide.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
  await add(guide("The lamp of pier 3 is red."));
  const head = page.getByLabel("Your material").locator(".panel-head");
  await expect(head).toContainText("1 source, 12 passages");
  // What has no vectors yet has none to keep.
  await expect(page.getByRole("status").filter({ hasText: "Indexing Documents: done." })).toBeAttached();
  await add(guide("The lamp of pier 3 was taken away by a kraken."));
  const offer = page.getByRole("status").filter({ hasText: "guide.md: here already, in another form." });
  await expect(offer).toContainText("1 of 12 passages changed, 11 kept their vectors.");
  await expect(head).toContainText("2 sources");
  expect(await findAxeFaults(page, { within: ".notices" })).toEqual([]);
  await offer.getByRole("button", { name: "Replace the older one" }).click();
  await expect(head).toContainText("1 source, 12 passages");
  await expect(offer).toHaveCount(0);
  const question = page.getByRole("textbox", { name: "Question" });
  await question.fill("what happened to the lamp of pier 3");
  await expect(page.locator("[data-hits] > li").first()).toContainText("kraken");

  await input.setInputFiles("src/ingest/golden/files/tides.pdf");
  await expect(head).toContainText("2 sources");
  await question.fill("what is a coefficient between harbour offices");
  const hit = page.locator("[data-hits] > li").filter({ hasText: "tides.pdf" }).first();
  await expect(hit).toContainText(/page 2, line 2/);
  await hit.getByRole("button", { name: "Open in the source" }).click();
  await expect(page.getByRole("dialog")).toContainText(/^tides\.pdf.*Page 2 of 3/s);
  await expect(page.getByRole("dialog").locator("mark")).toBeInViewport();
});
