import Papa from "papaparse";
import { broken, isZip, openArchive, type Archive } from "../archive.ts";
import type { Extracted, Extractor } from "../extractor.ts";
import { readXml } from "./xml.ts";

const WORKBOOK = "xl/workbook.xml";
const MAX_PART_BYTES = 128 * 2 ** 20;
const MAX_COLUMNS = 1000;

/** Formats that show a number as a day. Source: ECMA-376-1, 18.8.30. */
const DAY_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

/** Excel workbooks: the first sheet as rows of CSV. Formulas stand as their last result. */
export const xlsx: Extractor = {
  id: "xlsx",
  extensions: [".xlsx"],
  kinds: ["document", "example"],
  recognises: async ({ name, bytes }) =>
    isZip(bytes) && (await openArchive(name, bytes)).names.includes(WORKBOOK),
  async extract({ name, bytes }) {
    const archive = await openArchive(name, bytes);
    const { path, sheets } = await firstSheet(archive);
    const sheet = await archive.text(path, MAX_PART_BYTES);
    if (sheet === null) throw broken(name, "its first sheet is missing");
    const strings = readStrings((await archive.text("xl/sharedStrings.xml", MAX_PART_BYTES)) ?? "");
    const isDay = readDayStyles((await archive.text("xl/styles.xml", MAX_PART_BYTES)) ?? "");
    const rows = readRows(sheet, strings, isDay);
    const remarks = sheets > 1 ? [`The first of ${sheets} sheets was read.`] : [];
    return {
      text: `${Papa.unparse(rows, { newline: "\n" })}\n`,
      form: "table-rows",
      remarks,
    } satisfies Extracted;
  },
};

async function firstSheet(archive: Archive): Promise<{ path: string; sheets: number }> {
  const ids: string[] = [];
  readXml((await archive.text(WORKBOOK, MAX_PART_BYTES)) ?? "", {
    open(name, attributes) {
      if (name === "sheet") ids.push(attributes["r:id"] ?? "");
    },
  });
  const targets = new Map<string, string>();
  readXml((await archive.text("xl/_rels/workbook.xml.rels", MAX_PART_BYTES)) ?? "", {
    open(name, { Id = "", Target = "" }) {
      if (name === "Relationship") targets.set(Id, Target);
    },
  });
  const target = targets.get(ids[0] ?? "") ?? "worksheets/sheet1.xml";
  return { path: target.startsWith("/") ? target.slice(1) : `xl/${target}`, sheets: ids.length };
}

function readStrings(xml: string): string[] {
  const strings: string[] = [];
  let isReading = false;
  readXml(xml, {
    open(name) {
      if (name === "si") strings.push("");
      isReading = name === "t";
    },
    text(text) {
      if (isReading) strings[strings.length - 1] += text;
    },
    close: () => void (isReading = false),
  });
  return strings;
}

/** Which of the cells' styles show days. */
function readDayStyles(xml: string): (style: number) => boolean {
  const dayFormats = new Set(DAY_FORMATS);
  const styles: boolean[] = [];
  let isInCells = false;
  readXml(xml, {
    open(name, { numFmtId = "0", formatCode = "" }) {
      const format = Number(numFmtId);
      if (name === "numFmt" && /[dmyhs]/i.test(formatCode.replace(/\[[^\]]*\]|"[^"]*"/g, "")))
        dayFormats.add(format);
      if (name === "cellXfs") isInCells = true;
      if (name === "xf" && isInCells) styles.push(dayFormats.has(format));
    },
    close(name) {
      if (name === "cellXfs") isInCells = false;
    },
  });
  return (style) => styles[style] ?? false;
}

function readRows(xml: string, strings: readonly string[], isDay: (style: number) => boolean): string[][] {
  const rows: string[][] = [];
  let column = 0;
  let cell = { type: "", isDay: false, value: "" };
  let isReading = false;
  readXml(xml, {
    open(name, { r = "", t = "n", s = "0" }) {
      if (name === "row") {
        rows.push([]);
        column = 0;
      } else if (name === "c") {
        column = r === "" ? column + 1 : columnOf(r);
        cell = { type: t, isDay: isDay(Number(s)), value: "" };
      } else isReading = name === "v" || name === "t";
    },
    text(text) {
      if (isReading) cell.value += text;
    },
    close(name) {
      if (name === "v" || name === "t") isReading = false;
      const row = rows.at(-1);
      if (name !== "c" || row === undefined || column > MAX_COLUMNS) return;
      while (row.length < column - 1) row.push("");
      row[column - 1] = shownValue(cell, strings);
    },
  });
  return rows.filter((row) => row.some((value) => value !== ""));
}

function shownValue(
  { type, isDay, value }: { type: string; isDay: boolean; value: string },
  strings: readonly string[],
): string {
  if (type === "s") return strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  return isDay && type === "n" && value !== "" ? dayToIso(Number(value)) : value;
}

/** Days since 1899-12-30, which makes up for Excel's 29th of February 1900. */
function dayToIso(days: number): string {
  const time = new Date(Date.UTC(1899, 11, 30) + Math.round(days * 86_400) * 1000);
  if (Number.isNaN(time.getTime())) return String(days);
  return time
    .toISOString()
    .replace(/T00:00:00\.000Z$/, "")
    .replace(/\.000Z$/, "");
}

/** 1 for A, 27 for AA. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.replace(/[^A-Z]/g, "")) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
