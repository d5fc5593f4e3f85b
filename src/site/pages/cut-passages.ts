import { sentenceSpans } from "../../base/segments.ts";
import type { SitePage } from "./page.ts";

/** A part of a section that is found by itself. */
export interface SitePassage {
  /** Of the page, from the site's root. */
  readonly path: string;
  readonly pageTitle: string;
  readonly anchor: string | null;
  /** From the second level down. */
  readonly headings: readonly string[];
  readonly text: string;
  readonly weight: number;
}

/** About 200 tokens of English: with its title a passage stays under the 256 that the model was trained on. */
const LONGEST_UTF16 = 900;
/** A shorter rest stands with what is before it. */
const SHORTEST_UTF16 = 200;

/** Page and headings, as the model reads a title. */
export function titleOf({ pageTitle, headings }: Pick<SitePassage, "pageTitle" | "headings">): string {
  return [pageTitle, ...headings].join(" > ");
}

/** Cuts sections at blocks, and blocks that are too long at sentences; a section without text is found by its headings. */
export function cutPassages(page: SitePage): SitePassage[] {
  const passages: SitePassage[] = [];
  for (const { anchor, headings, blocks, weight } of page.sections) {
    if (weight === 0) continue;
    const pieces = packed(blocks.flatMap(splitBlock));
    for (const text of pieces.length > 0 ? pieces : [""])
      passages.push({ path: page.path, pageTitle: page.title, anchor, headings, text, weight });
  }
  return passages.some(({ text }) => text !== "") ? passages : [];
}

function packed(blocks: readonly string[]): string[] {
  const pieces: string[] = [];
  let piece = "";
  let rest = blocks.reduce((sum, one) => sum + one.length, 0);
  blocks.forEach((block) => {
    const fits = piece.length + block.length <= LONGEST_UTF16 || rest < SHORTEST_UTF16;
    rest -= block.length;
    if (piece !== "" && !fits) {
      pieces.push(piece);
      piece = block;
    } else piece = piece === "" ? block : `${piece}\n${block}`;
  });
  if (piece !== "") pieces.push(piece);
  return pieces;
}

function splitBlock(block: string): string[] {
  if (block.length <= LONGEST_UTF16) return [block];
  const pieces: string[] = [];
  let piece = "";
  for (const span of sentenceSpans(block)) {
    const segment = block.slice(...span);
    if (piece !== "" && piece.length + segment.length > LONGEST_UTF16) {
      pieces.push(piece.trim());
      piece = "";
    }
    piece += segment;
    while (piece.length > LONGEST_UTF16) {
      const end = endBefore(piece, LONGEST_UTF16);
      pieces.push(piece.slice(0, end).trim());
      piece = piece.slice(end);
    }
  }
  pieces.push(piece.trim());
  return pieces.filter((one) => one !== "");
}

/** The last space before a limit, else the limit itself, never inside a pair of surrogates. */
function endBefore(text: string, limit: number): number {
  const space = text.lastIndexOf(" ", limit);
  if (space > limit / 2) return space;
  return /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
}
