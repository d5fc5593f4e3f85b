import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
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

  const { violations } = await new AxeBuilder({ page }).include(".notices").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

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
