import Papa from "papaparse";
import { broken, isZip, openArchive, type Archive } from "../archive.ts";
import { checkSize, MAX_BYTES } from "../decode.ts";
import type { Extracted, Extractor } from "../extractor.ts";
import { readNumberStyles, shownTime, type NumberStyle } from "./xlsx-times.ts";
import { readXml } from "./xml.ts";

const WORKBOOK = "xl/workbook.xml";
const MAX_PART_BYTES = 128 * 2 ** 20;
const MAX_COLUMNS = 1000;
const DELIMITER = ",";

/** Excel workbooks: the first sheet as rows of CSV. Formulas stand as their last result. */
export const xlsx: Extractor = {
  id: "xlsx",
  extensions: [".xlsx"],
  kinds: ["document", "example"],
  recognises: async ({ name, bytes }) =>
    isZip(bytes) && (await openArchive(name, bytes)).names.includes(WORKBOOK),
  async extract({ name, bytes }) {
    const archive = await openArchive(name, bytes);
    const { path, sheets, isFrom1904 } = await firstSheet(archive);
    const sheet = await archive.text(path, MAX_PART_BYTES);
    if (sheet === null) throw broken(name, "its first sheet is missing");
    const strings = readStrings((await archive.text("xl/sharedStrings.xml", MAX_PART_BYTES)) ?? "");
    const styles = readNumberStyles((await archive.text("xl/styles.xml", MAX_PART_BYTES)) ?? "");
    const rows = readRows(sheet, { strings, styles, isFrom1904 });
    checkSize(name, lengthOf(rows), MAX_BYTES);
    const remarks = sheets > 1 ? [`The first of ${sheets} sheets was read.`] : [];
    return {
      text: `${Papa.unparse(rows, { delimiter: DELIMITER, newline: "\n" })}\n`,
      form: "table-rows",
      options: { delimiter: DELIMITER },
      remarks,
    } satisfies Extracted;
  },
};

interface FirstSheet {
  readonly path: string;
  /** How many there are. */
  readonly sheets: number;
  /** Whether days are counted from 1904, as Excel for the Macintosh did. */
  readonly isFrom1904: boolean;
}

async function firstSheet(archive: Archive): Promise<FirstSheet> {
  const ids: string[] = [];
  let isFrom1904 = false;
  readXml((await archive.text(WORKBOOK, MAX_PART_BYTES)) ?? "", {
    open(name, attributes) {
      if (name === "sheet") ids.push(attributes["r:id"] ?? "");
      if (name === "workbookPr") isFrom1904 = /^(?:1|true|on)$/.test(attributes["date1904"] ?? "");
    },
  });
  const targets = new Map<string, string>();
  readXml((await archive.text("xl/_rels/workbook.xml.rels", MAX_PART_BYTES)) ?? "", {
    open(name, { Id = "", Target = "" }) {
      if (name === "Relationship") targets.set(Id, Target);
    },
  });
  const target = targets.get(ids[0] ?? "") ?? "worksheets/sheet1.xml";
  const path = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
  return { path, sheets: ids.length, isFrom1904 };
}

function readStrings(xml: string): string[] {
  const strings: string[] = [];
  const isReading = createTextFilter(["t"]);
  readXml(xml, {
    open(name) {
      if (name === "si") strings.push("");
      isReading.open(name);
    },
    text(text) {
      if (isReading.now()) strings[strings.length - 1] += text;
    },
    close: (name) => isReading.close(name),
  });
  return strings;
}

/** Whether the text within these elements is read; how it is pronounced, which Japanese workbooks have beside it, is not. */
function createTextFilter(elements: readonly string[]) {
  let isWithin = false;
  let isPronunciation = false;
  return {
    open(name: string): void {
      isWithin = elements.includes(name);
      if (name === "rPh") isPronunciation = true;
    },
    close(name: string): void {
      isWithin = false;
      if (name === "rPh") isPronunciation = false;
    },
    now: () => isWithin && !isPronunciation,
  };
}

/** What a sheet's cells refer to. */
interface Workbook {
  readonly strings: readonly string[];
  readonly styles: readonly NumberStyle[];
  readonly isFrom1904: boolean;
}

interface Cell {
  readonly type: string;
  readonly style: number;
  value: string;
}

function readRows(xml: string, workbook: Workbook): string[][] {
  const rows: string[][] = [];
  let column = 0;
  let cell: Cell = { type: "", style: 0, value: "" };
  const isReading = createTextFilter(["v", "t"]);
  readXml(xml, {
    open(name, { r = "", t = "n", s = "0" }) {
      isReading.open(name);
      if (name === "row") {
        rows.push([]);
        column = 0;
      } else if (name === "c") {
        column = r === "" ? column + 1 : columnOf(r);
        cell = { type: t, style: Number(s), value: "" };
      }
    },
    text(text) {
      if (isReading.now()) cell.value += text;
    },
    close(name) {
      isReading.close(name);
      const row = rows.at(-1);
      if (name !== "c" || row === undefined || column > MAX_COLUMNS) return;
      while (row.length < column - 1) row.push("");
      row[column - 1] = shownValue(cell, workbook);
    },
  });
  return rows.filter((row) => row.some((value) => value !== ""));
}

function shownValue({ type, style, value }: Cell, { strings, styles, isFrom1904 }: Workbook): string {
  if (type === "s") return strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  return type === "n" && value !== "" ? shownTime(value, styles[style] ?? "number", isFrom1904) : value;
}

/** As text: a string that many cells share is written out for each. */
function lengthOf(rows: readonly (readonly string[])[]): number {
  return rows.reduce((sum, row) => row.reduce((inner, value) => inner + value.length, sum), 0);
}

/** 1 for A, 27 for AA. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.replace(/[^A-Z]/g, "")) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
