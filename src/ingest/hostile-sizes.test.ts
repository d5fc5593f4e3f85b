import { expect, test } from "vitest";
import { wordTools } from "./importers/importer.contract.ts";
import { importFile } from "./index.ts";
import { docxOf } from "./testing/hostile-archives.ts";
import { workbook } from "./testing/workbook.ts";

const read = (name: string, content: Uint8Array) => importFile({ name, content }, "document", wordTools);

test("a small workbook that says one long string in every cell is refused by its length", async () => {
  const strings = `<si><t>${"word ".repeat(200_000)}</t></si>`;
  const cells = Array.from({ length: 600 }, () => [`<c t="s"><v>0</v></c>`]);
  const content = await workbook(cells, { strings });
  expect(content.length).toBeLessThan(20_000);
  await expect(read("bomb.xlsx", content)).rejects.toMatchObject({
    code: "ingest/too-large",
    message: expect.stringMatching(/^bomb\.xlsx /) as string,
  });
});

test("what a Word file's parts unpack to is counted, whatever they are called", async () => {
  const paragraph = "<w:p><w:r><w:t>hello</w:t></w:r></w:p>";
  const blanks = " ".repeat(33 * 2 ** 20);
  const styles = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${blanks}</w:styles>`;
  const parts = { "word/styles.xml": styles, "word/numbering.xml": styles };
  await expect(read("bomb.docx", await docxOf(paragraph, { parts }))).rejects.toMatchObject({
    code: "ingest/too-large",
    message: expect.stringMatching(/^bomb\.docx unpacks to more than 64 MB/) as string,
  });
  const picture = await docxOf(paragraph, { parts: { "word/media/a.png": "no picture" } });
  expect((await read("good.docx", picture)).text.trim()).toBe("hello");
});
