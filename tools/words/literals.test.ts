import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findLiterals } from "./literals.ts";

const APP = join(import.meta.dirname, "../../src/app");

/** Components whose texts have not been moved yet. It only gets shorter: a file without such texts must leave it. */
const STILL_TO_DO: readonly string[] = [];

test("texts for people are found between tags, in attributes and in expressions, and nothing else is", () => {
  const source = `
    const a = <p title="Two words">Some text {isIt ? "or this" : words.that} {n} of {m}<b aria-label={\`All \${n}\`} /></p>;
    const b = <div className="not this" lang="en">{words.other} × · {only && "WebGPU"}</div>;`;
  expect(findLiterals("a.tsx", source)).toEqual(["Some text", "or this", "of", "Two words", "All"]);
});

test("no component speaks English by itself: texts for people come from src/app/words", () => {
  const files = readdirSync(APP, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".tsx") && !file.includes("test"),
  );
  const found = files.map(
    (file) => [file, findLiterals(file, readFileSync(join(APP, file), "utf8"))] as const,
  );
  const speaking = found.filter(([, texts]) => texts.length > 0);
  expect(speaking.filter(([file]) => !STILL_TO_DO.includes(file))).toEqual([]);
  expect(STILL_TO_DO.filter((file) => !speaking.some(([one]) => one === file))).toEqual([]);
});
