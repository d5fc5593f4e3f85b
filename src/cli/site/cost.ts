import { COMPARED_PASSAGES, ENTRY_FILE, type SiteFiles } from "../../site/index.ts";

/** Words and their beginnings that a question of eight words reads files for. */
const QUESTION_FILES = 12;
/** Excerpts shown first, mostly of different files. */
const SHOWN = 5;
/** Of a compared passage: 8 bits a dimension (96 of them, as by default), its number and its scale. */
const PASSAGE_BYTES = 104;

/** What an index weighs on the disk, and what a first question reads of it at most, in bytes. */
export function costOf(files: SiteFiles): { readonly bytes: number; readonly firstQuestionBytes: number } {
  const sizesOf = (kind: string): number[] =>
    [...files].filter(([name]) => name.startsWith(`${kind}-`)).map(([, { byteLength }]) => byteLength);
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  const mean = (sizes: readonly number[]): number => (sizes.length === 0 ? 0 : sum(sizes) / sizes.length);
  const near = sizesOf("near");
  const first =
    (files.get(ENTRY_FILE)?.byteLength ?? 0) +
    sum(sizesOf("centres")) +
    Math.min(sum(sizesOf("words")), QUESTION_FILES * mean(sizesOf("words"))) +
    Math.min(sum(near), COMPARED_PASSAGES * PASSAGE_BYTES + mean(near)) +
    Math.min(sum(sizesOf("text")), SHOWN * mean(sizesOf("text")));
  return {
    bytes: sum([...files.values()].map(({ byteLength }) => byteLength)),
    firstQuestionBytes: Math.round(first),
  };
}
