import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ERROR_CODES } from "../../src/contract/index.ts";
import { DRILLS } from "./drills.ts";
import { FAULTS } from "./faults.ts";
import { BEGIN, END, formatFaults } from "./reliability-page.ts";

const read = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");

test("every error code has a test that brings it about, in the order of the codes", () => {
  expect(Object.keys(DRILLS)).toEqual(Object.keys(ERROR_CODES));
  for (const [code, { test: drill }] of Object.entries(DRILLS)) {
    const [file, title] = drill;
    expect(read(file), `${file} is not there`).not.toBe("");
    expect(read(file), `${file} has no test of that title`).toContain(title);
    expect(read(file), `${file} never names ${code}`).toContain(code);
  }
});

test("every other fault has its test", () => {
  for (const { test: drill } of Object.values(FAULTS).flat())
    expect(read(drill[0]), drill[0]).toContain(drill[1]);
});

test("docs/reliability.md has them all, as npm run drills writes them", () => {
  const page = read("docs/reliability.md");
  const table = page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END));
  const cells = (text: string) => text.replaceAll(/[ -]+/g, " ").trim();
  expect(cells(table)).toBe(cells(formatFaults(read("docs/errors.md"))));
});
