import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createRng } from "../../base/rng.ts";
import { isSextantError } from "../../contract/index.ts";
import type { Importer, IngestTools, Parsed } from "../importer.ts";
import { IMPORTERS } from "./index.ts";

const FOLDER = new URL("../golden/", import.meta.url);

/** Runs of up to six letters, and every other sign: adds up over parts as word pieces do. */
export const wordTools: IngestTools = {
  countTokens: (text) => text.match(/[\p{L}\p{N}]{1,6}|[^\s\p{L}\p{N}]/gu)?.length ?? 0,
};

interface GoldenCase {
  readonly name: string;
  readonly text: string;
  /** Where the expected drafts and remarks are; `vitest --update` writes them anew. */
  readonly golden: string;
}

/** Inputs and outputs under `golden/<importer id>/`: `<file>` beside `<file>.golden.json`. */
function goldenCases(id: string): GoldenCase[] {
  const folder = new URL(`${id}/`, FOLDER);
  return readdirSync(folder)
    .filter((file) => !file.endsWith(".golden.json"))
    .map((name) => ({
      name,
      text: readFileSync(new URL(name, folder), "utf8"),
      golden: fileURLToPath(new URL(`${name}.golden.json`, folder)),
    }));
}

/** What every importer has to keep to. */
export function describeImporter(importer: Importer): void {
  const cases = goldenCases(importer.id);
  const fullText = importer.kind === "document" || importer.kind === "chunk";
  const inOrder = importer.kind !== "exchange";

  describe(`importer ${importer.id}`, () => {
    test("has golden pairs", () => expect(cases.length).toBeGreaterThan(0));

    test.each(cases)("reads $name as its golden pair says", async ({ name, text, golden }) => {
      const { drafts, remarks } = await importer.parse({ name, text }, wordTools, {});
      await expect(`${JSON.stringify({ drafts, remarks }, null, 2)}\n`).toMatchFileSnapshot(golden);
    });

    test.each(importer.kind === "exchange" ? cases : [])(
      "reads $name so in Tokyo too: no time depends on the machine's zone",
      async ({ name, text, golden }) => {
        vi.stubEnv("TZ", "Asia/Tokyo");
        onTestFinished(() => void vi.unstubAllEnvs());
        expect(new Date(0).getHours()).toBe(9);
        const { drafts, remarks } = await importer.parse({ name, text }, wordTools, {});
        await expect(`${JSON.stringify({ drafts, remarks }, null, 2)}\n`).toMatchFileSnapshot(golden);
      },
    );

    test.each(cases)(
      "$name is claimed by no other importer of its kind, or by none that only extractors name",
      ({ name, text }) => {
        const first = IMPORTERS.find((one) => one.kind === importer.kind && one.sniff({ name, text }));
        if (importer.extensions.length > 0) expect(first?.id).toBe(importer.id);
        else expect(first?.id).not.toBe(importer.id);
      },
    );

    test.each(cases)(
      "$name gives the same again, in places that exist, with nothing lost",
      async ({ name, text }) => {
        const parsed = await importer.parse({ name, text }, wordTools, {});
        expect(await importer.parse({ name, text }, wordTools, {})).toEqual(parsed);
        expectSoundPlaces(parsed, text, inOrder);
        if (fullText) expectNothingLost(parsed, text);
      },
    );

    test.each(cases)("$name is read the same with the line ends of Windows", async ({ name, text }) => {
      const shown = ({ drafts, remarks }: Parsed): string =>
        JSON.stringify({
          drafts: drafts.map(({ title, text: said, record }) => [title, said, record]),
          remarks,
        });
      const unix = text.replaceAll("\r\n", "\n");
      const parsed = await importer.parse({ name, text: unix.replaceAll("\n", "\r\n") }, wordTools, {});
      const expected = await importer.parse({ name, text: unix }, wordTools, {});
      expect(shown(parsed).replaceAll("\\r", "")).toBe(shown(expected));
    });

    test("damaged input is read soundly or refused with a code", async () => {
      const rng = createRng(7);
      const bad = "\0 \ufffd { } [ ] \" ' < > & : , ` # \n\n\t\\ 漢 😀 é".split(" ");
      for (const { name, text } of cases)
        for (let round = 0; round < Math.min(60, 3e5 / text.length); round++) {
          const at = Math.floor(rng() * text.length);
          const cut = round % 2 === 0 ? at + Math.floor(rng() * 12) : text.length;
          const damage = bad[Math.floor(rng() * bad.length)] ?? "";
          const damaged = (text.slice(0, at) + damage + text.slice(cut)).toWellFormed();
          const parsed = await parseOrCode(importer, name, damaged);
          if (typeof parsed === "string") expect(parsed).toMatch(/^ingest\//);
          else {
            expectSoundPlaces(parsed, damaged, inOrder);
            if (fullText) expectNothingLost(parsed, damaged);
          }
        }
    });
  });
}

/** A conversation's messages may lie in its file in any order. */
export function expectSoundPlaces({ drafts }: Parsed, text: string, inOrder = true): void {
  let previous = 0;
  for (const { text: shown, startUtf16, endUtf16 } of drafts) {
    expect(shown.trim()).not.toBe("");
    expect(startUtf16).toBeGreaterThanOrEqual(previous);
    expect(endUtf16).toBeGreaterThan(startUtf16);
    expect(endUtf16).toBeLessThanOrEqual(text.length);
    if (inOrder) previous = startUtf16;
  }
}

/** Every character that is not blank lies in a passage or in a part left out on purpose. */
export function expectNothingLost({ drafts, skipped }: Parsed, text: string): void {
  const covered = new Uint8Array(text.length);
  for (const { startUtf16, endUtf16 } of drafts) covered.fill(1, startUtf16, endUtf16);
  for (const [start, end] of skipped) covered.fill(1, start, end);
  const lost = Array.from(text.matchAll(/\S/g), ({ index }) => index).filter((at) => covered[at] === 0);
  expect(lost.map((at) => text.slice(Math.max(0, at - 20), at + 20))).toEqual([]);
}

async function parseOrCode(importer: Importer, name: string, text: string): Promise<Parsed | string> {
  try {
    return await importer.parse({ name, text }, wordTools, {});
  } catch (error) {
    if (isSextantError(error)) return error.code;
    throw error;
  }
}
