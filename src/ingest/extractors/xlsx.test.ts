import { expect, test } from "vitest";
import { wordTools } from "../importers/importer.contract.ts";
import { importFile, reimport } from "../index.ts";
import { workbook } from "../testing/workbook.ts";
import { xlsx } from "./xlsx.ts";

const cellsOf = async (...parts: Parameters<typeof workbook>): Promise<string[]> => {
  const { text } = await xlsx.extract({ name: "a.xlsx", bytes: await workbook(...parts) });
  return text.trim().split(",");
};
const styled = (value: number, style: number): string => `<c s="${style}"><v>${value}</v></c>`;

test("cells keep the signs that part tables elsewhere", async () => {
  const steps = Array.from({ length: 8 }, (_, i) => [`Step ${i}; then wait; then go`]);
  const document = await importFile(
    { name: "a.xlsx", content: await workbook([["Doing"], ...steps]) },
    "document",
    wordTools,
  );
  expect(document.drafts.map(({ text }) => text)).toEqual(steps.map(([step]) => `Doing: ${step}`));
  expect(await reimport(document, "document", wordTools)).toEqual(document.drafts);

  const colours = Array.from({ length: 8 }, (_, i) => [`red${i};green;blue`, `yes\r\n${i}`]);
  const content = await workbook(colours.map((cells) => cells.map((cell) => cell.replace("\r", "&#13;"))));
  const examples = await importFile({ name: "renamed.txt", content }, "example", wordTools);
  expect(examples.drafts.map(({ record }) => record)).toEqual(
    colours.map(([input, output]) => ({ kind: "example", input, output })),
  );
  expect(await reimport(examples, "example", wordTools)).toEqual(examples.drafts);
});

test("how a word is pronounced is not read with it", async () => {
  const word = `<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>`;
  const cells = [`<c t="s"><v>0</v></c>`, `<c t="inlineStr"><is>${word}</is></c>`];
  const rich = `<si><r><t>大</t></r><r><t>阪</t></r><rPh sb="0" eb="2"><t>オオサカ</t></rPh></si>`;
  const strings = `<si>${word}</si>${rich}`;
  expect(await cellsOf([[...cells, `<c t="s"><v>1</v></c>`]], { strings })).toEqual(["東京", "東京", "大阪"]);
});

test("days and times are read as the workbook's formats show them", async () => {
  const formats = [0, 14, 20, 31, 58, 46, 22];
  const row = [45_000, 45_000, 0.5, 45_000, 45_000.75, 1.5, 1].map(styled);
  expect(await cellsOf([row], { formats })).toEqual(
    ["45000", "2023-03-15", "12:00:00", "2023-03-15", "2023-03-15T18:00:00", "36:00:00", "1900-01-01"],
  ); // prettier-ignore
  expect(await cellsOf([row], { formats, settings: `<workbookPr date1904="1"/>` })).toEqual(
    ["45000", "2027-03-16", "12:00:00", "2027-03-16", "2027-03-16T18:00:00", "36:00:00", "1904-01-02"],
  ); // prettier-ignore
});
