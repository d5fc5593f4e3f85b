import fc from "fast-check";
import { expect, test } from "vitest";
import { isSextantError } from "../../contract/index.ts";
import type { Importer, Parsed } from "../importer.ts";
import { expectNothingLost, expectSoundPlaces, wordTools } from "./importer.contract.ts";
import { IMPORTERS } from "./index.ts";

/** What the formats are made of, so that texts come close to every one of them. */
const PIECES = [
  "# ", "## User\n", "User: ", "Assistant：", "\n\n", "\n", "\r\n", "\f", "```\n", "| a | b |\n", "- ", "---\n",
  "[1/2/24, 10:00] Ann: ", "31.12.23, 22:15 - ", "<p>", "</p>", "<div hidden>", "<table><tr><td>", "<!--", "&amp;", "<script>x</script>",
  '{"role":"user","content":"', '"}', "[", "]", "{", "}", '"', ":", ",", '"input":', '"name":"a"', "openapi: 3.0.0\n", "paths:\n  /a:\n", "$ref: '#/paths'",
  "*x", "&x ", "a,b\n", '"a\n', "Question: ", "Answer: ", "words and more words. ", "漢字", "😀", "e\u0301", "\u200fשלום", "\ufffd", "\t",
]; // prettier-ignore

const text = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    {
      maxLength: 40,
    },
  )
  .map((pieces) => pieces.join("").toWellFormed().replaceAll("\0", "\ufffd"));

const blankless = (shown: string): string => shown.replace(/\s+/g, "");

/** The source with blanks in the places that were left out on purpose, such as a rule between paragraphs. */
function withoutGaps(source: string, gaps: Parsed["skipped"]): string {
  return gaps.reduce(
    (left, [from, to]) => left.slice(0, from) + " ".repeat(to - from) + left.slice(to),
    source,
  );
}

/** Documents whose passages are the source's own characters, but for the blanks between them. */
const VERBATIM = ["plain-text", "markdown", "source-code", "extracted-text"];

async function parse(importer: Importer, name: string, source: string): Promise<Parsed | null> {
  try {
    return await importer.parse({ name, text: source }, wordTools, {});
  } catch (error) {
    if (!isSextantError(error)) throw error;
    expect(error.code).toMatch(/^ingest\//);
    expect(error.message).toContain(name);
    return null;
  }
}

test.each(IMPORTERS)("$id: any text is cut soundly, or refused by name", async (importer) => {
  const name = `file${importer.extensions[0] ?? ""}`;
  const isWhole = importer.kind === "document" || importer.kind === "chunk";
  await fc.assert(
    fc.asyncProperty(text, async (source) => {
      const parsed = await parse(importer, name, source);
      if (parsed === null) return;
      expectSoundPlaces(parsed, source, importer.kind !== "exchange");
      if (isWhole) expectNothingLost(parsed, source);
      if (VERBATIM.includes(importer.id))
        for (const { text: shown, startUtf16, endUtf16 } of parsed.drafts) {
          const kept = withoutGaps(source, parsed.skipped).slice(startUtf16, endUtf16);
          expect(blankless(kept)).toBe(blankless(shown));
        }
    }),
    { seed: 20_261_121, numRuns: 60 },
  );
});
