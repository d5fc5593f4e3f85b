import { createRng } from "../../src/base/rng.ts";

export const WORDS = (
  "harbour anchor lantern copper meadow violin thunder glacier pepper orchard saddle mirror candle walnut falcon " +
  "river marble needle garden button engine pillow ribbon winter desert island bridge castle forest market planet " +
  "rocket shadow silver spider temple ticket valley window yellow basket bottle branch cherry circle coffee cotton"
).split(" ");

/** A word that stands in this passage and in no other. */
export function markOf(source: string, ordinal: number): string {
  return `${source}x${ordinal}e`;
}

/** What the passage says, always the same for the same place. */
export function passageText(source: string, ordinal: number): string {
  const seed = Array.from(markOf(source, ordinal)).reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7);
  const rng = createRng(seed);
  const words = Array.from({ length: 12 }, () => WORDS[Math.floor(rng() * WORDS.length)] ?? "");
  return `${words.join(" ")} ${markOf(source, ordinal)}.`;
}

/** A document of so many passages: the importer makes one of each section. */
export function documentText(source: string, passages: number): string {
  const sections = Array.from(
    { length: passages },
    (_, ordinal) => `# Part ${ordinal}\n\n${passageText(source, ordinal)}\n`,
  );
  return sections.join("\n");
}
