import { truncate, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

interface File {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
const file = (name: string, content: string | Buffer): File => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});
const add = (page: Page, ...files: File[]) => page.getByLabel("Files to add").first().setInputFiles(files);

test("bad files are named with the reason, good ones beside them go through", async ({ page }, info) => {
  const huge = info.outputPath("huge.txt");
  await writeFile(huge, "word ");
  await truncate(huge, 129 * 2 ** 20);
  await page.goto("/");
  await page.getByLabel("Files to add").first().setInputFiles(huge);
  await add(
    page,
    file("empty.txt", "   \n"),
    file("noise.txt", Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))),
    file(
      "broken.txt",
      Buffer.concat([Buffer.from("Tea from "), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(" Assam.")]),
    ),
    file("good.md", "# Tea\n\nSteep it for two minutes."),
  );
  for (const [name, code] of [
    ["empty.txt", "ingest/empty"],
    ["noise.txt", "ingest/binary"],
    ["huge.txt", "ingest/too-large"],
  ] as const)
    await expect(page.getByRole("alert").filter({ hasText: name })).toContainText(code);
  const material = page.getByLabel("Your material");
  await expect(material).toContainText("good.md");
  await expect(material).not.toContainText("empty.txt");
  await page.getByRole("textbox", { name: "Question" }).fill("how long?");
  await expect(page.locator("[data-hits] > li").first()).toContainText("two minutes");
  await page.getByRole("textbox", { name: "Question" }).fill("   ");
  await expect(page.locator("[data-hits] > li")).toHaveCount(0);
});

test("a cut JSON and doubled tools are said on the tools' side; a refused paste stands in the dialog again", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByRole("tab", { name: "Tools" }).click();
  const tool = (name: string, description: string) => ({
    name,
    description,
    parameters: { type: "object", properties: {} },
  });
  await add(
    page,
    file("cut.json", JSON.stringify([tool("a", "b")]).slice(0, -9)),
    file(
      "twice.json",
      JSON.stringify([
        tool("mail", "Sends a mail"),
        tool("mail", "Sends a mail"),
        tool("rain", "Tells the weather"),
      ]),
    ),
  );
  await expect(page.getByRole("alert").filter({ hasText: "cut.json" })).toContainText("ingest/unreadable");
  await expect(page.locator(".notice").filter({ hasText: "twice.json" })).toContainText("mail");
  await page.getByRole("textbox", { name: "Request" }).fill("will it rain?");
  await expect(page.locator("[data-hits] > li").first()).toContainText("rain");

  const said = await page.getByRole("alert").filter({ hasText: "ingest/unreadable" }).count();
  await page.getByRole("button", { name: "Paste", exact: true }).click();
  await page.getByRole("textbox", { name: "Text" }).fill('[{"name": "get_weather", "descr');
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "ingest/unreadable" })).toHaveCount(said + 1);
  await page.getByRole("button", { name: "Paste", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Text" })).toHaveValue('[{"name": "get_weather", "descr');
  await page
    .getByRole("textbox", { name: "Text" })
    .fill('[{"name": "play_song", "description": "Plays music"}]');
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("textbox", { name: "Request" }).fill("play some music");
  await expect(page.locator("[data-hits] > li").first()).toContainText("play_song");
  await page.getByRole("button", { name: "Paste", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Text" })).toHaveValue("");
});
