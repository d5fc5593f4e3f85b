import { zipOf } from "./hostile-archives.ts";

/** What a workbook is made of besides its first sheet. */
interface WorkbookParts {
  /** `<si>` elements. */
  readonly strings?: string;
  /** What stands before the list of sheets. */
  readonly settings?: string;
  /** Number formats of the cells' styles by their ids. */
  readonly formats?: readonly number[];
}

/** An Excel workbook whose sheet has these cells, each as XML or as its text. */
export function workbook(
  rows: readonly (readonly string[])[],
  { strings = "", settings = "", formats = [] }: WorkbookParts = {},
): Promise<Uint8Array> {
  const cell = (value: string): string =>
    value.startsWith("<") ? value : `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const sheet = rows.map((cells) => `<row>${cells.map(cell).join("")}</row>`).join("");
  const styles = formats.map((id) => `<xf numFmtId="${id}"/>`).join("");
  return zipOf({
    "xl/workbook.xml": `<workbook>${settings}<sheets><sheet name="a" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    "xl/sharedStrings.xml": `<sst>${strings}</sst>`,
    "xl/styles.xml": `<styleSheet><cellXfs>${styles}</cellXfs></styleSheet>`,
  });
}
