import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readHtmlParts, readHtmlPartsInTurns, type HtmlParts } from "./html-parts.ts";

const golden = (name: string): string =>
  readFileSync(new URL(`../../golden/html/${name}`, import.meta.url), "utf8");

const PIECES = [
  "<p>", "</p>", "<div hidden>", "</div>", "<h2>", "</h2>", "<pre>", "</pre>", "<li>", "<td>", "</table>", "<!--", "-->", "&amp;", "&am", "&#x1F600;",
  "<script>if (a < b)</script>", "<br/>", "<a href='x>y'>", "</", "<", "text ", "\n", "漢字", "😀", "<title>T</title>", "<![CDATA[x]]>", "<!doctype html>",
]; // prettier-ignore

function said({ title, parts, skipped }: HtmlParts, length: number): unknown {
  const isSkipped = new Uint8Array(length);
  for (const [from, to] of skipped) isSkipped.fill(1, from, to);
  const shown = parts.map(({ block, depth, form, inMain }) => [block.text, block.span, depth, form, inMain]);
  return { title, shown, isSkipped };
}

async function expectTheSame(source: string, window: number): Promise<void> {
  const inTurns = await readHtmlPartsInTurns(source, undefined, window);
  expect(said(inTurns, source.length)).toEqual(said(readHtmlParts(source), source.length));
}

test.each(["page.html", "soup.html", "fragment.htm"])(
  "%s has the same parts when it is read bit by bit",
  async (name) => {
    for (const window of [1, 7, 64]) await expectTheSame(golden(name), window);
  },
);

test("any markup has the same parts when it is read bit by bit", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }),
      fc.integer({ min: 1, max: 9 }),
      (pieces, window) => expectTheSame(pieces.join(""), window),
    ),
    { seed: 20_261_121, numRuns: 200 },
  ));
