import type { PassageDraft } from "../../contract/index.ts";
import type { IngestTools } from "../importer.ts";
import type { Block, Section } from "./block.ts";
import { splitText, type Budget } from "./split-text.ts";

/** Lengths the bundled model was trained on; long enough for a thought, short enough for several in a prompt. */
const TARGET_TOKENS = 200;
export const MAX_TOKENS = 256;
const MAX_UTF16 = 2048;

/** Where a paragraph is cut, the sentence before the cut stands in both passages, unless it is longer. */
const MAX_OVERLAP_TOKENS = 48;

/** A block, or a piece of one that was too long. */
interface Unit {
  readonly text: string;
  readonly glue: string;
  readonly tokens: number;
  readonly startUtf16: number;
  readonly endUtf16: number;
  /** It goes on in the paragraph of the unit before it. */
  readonly isContinued: boolean;
}

/**
 * Makes document passages: units are added while a passage stays within the target, and no passage holds text of
 * two sections. Tables and code stay whole up to the maximum. Passages overlap by a sentence inside a paragraph only.
 *
 * Cost: every unit is counted once; the length of a passage is the sum of its units.
 */
export async function packSections(
  sections: readonly Section[],
  tools: IngestTools,
): Promise<PassageDraft[]> {
  const { countTokens } = tools;
  const budget: Budget = { maxTokens: MAX_TOKENS, maxUtf16: MAX_UTF16, countTokens };
  const drafts: PassageDraft[] = [];
  for (const { title, blocks } of sections) {
    const units: Unit[] = [];
    for (const block of blocks) {
      for (const unit of unitsOf(block, budget)) units.push(unit);
      await tools.breathe?.();
    }
    for (const pack of await packUnits(units, tools)) drafts.push(toDraft(title, pack));
  }
  return drafts;
}

function unitsOf(block: Block, budget: Budget): Unit[] {
  let previousEnd = -1;
  return splitText(block.text, block.cut, budget).map(({ from, to, tokens }) => {
    const [startUtf16] = block.locate(from, to);
    const [, endUtf16] = block.locate(from, to);
    const isContinued = previousEnd >= 0 && block.cut === "prose";
    const glue = previousEnd < 0 ? block.glue : block.text.slice(previousEnd, from);
    previousEnd = to;
    return { text: block.text.slice(from, to), glue, tokens, startUtf16, endUtf16, isContinued };
  });
}

async function packUnits(units: readonly Unit[], { breathe }: IngestTools): Promise<Unit[][]> {
  const packs: Unit[][] = [];
  for (const unit of units) {
    await breathe?.();
    const last = packs.at(-1);
    if (last !== undefined && fits([...last, unit], TARGET_TOKENS)) last.push(unit);
    else packs.push([...overlapOf(last, unit), unit]);
  }
  const tail = packs.at(-1);
  const beforeTail = packs.at(-2);
  if (tail !== undefined && beforeTail !== undefined) {
    const joined = [...new Set([...beforeTail, ...tail])];
    if (fits(joined, MAX_TOKENS)) packs.splice(-2, 2, joined);
  }
  return packs;
}

function overlapOf(last: readonly Unit[] | undefined, unit: Unit): Unit[] {
  const sentence = last?.at(-1);
  if (sentence === undefined || !unit.isContinued || sentence.tokens > MAX_OVERLAP_TOKENS) return [];
  return fits([sentence, unit], MAX_TOKENS) ? [sentence] : [];
}

function fits(units: readonly Unit[], limitTokens: number): boolean {
  let tokens = 0;
  let utf16 = 0;
  for (const unit of units) {
    tokens += unit.tokens;
    utf16 += unit.glue.length + unit.text.length;
  }
  return tokens <= limitTokens && utf16 <= MAX_UTF16;
}

function toDraft(title: string, units: readonly Unit[]): PassageDraft {
  return {
    title,
    text: units.map(({ glue, text }, i) => (i === 0 ? text : glue + text)).join(""),
    startUtf16: units[0]?.startUtf16 ?? 0,
    endUtf16: units.at(-1)?.endUtf16 ?? 0,
    record: { kind: "document" },
  };
}
