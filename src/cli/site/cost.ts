import { COMPARED_PASSAGES, ENTRY_FILE, type SiteFiles } from "../../site/index.ts";

/** Words of a question of eight that are not among the common ones; a word and its beginning are in one file. */
const QUESTION_FILES = 6;
/** Pages of which a first list shows parts. */
const SHOWN = 8;

/** What an index weighs on the disk, and what a first question reads of it for meaning, in bytes. */
export function costOf(
  files: SiteFiles,
  passages: number,
): { readonly bytes: number; readonly firstQuestionBytes: number } {
  const sizesOf = (kind: string): number[] =>
    [...files].filter(([name]) => name.startsWith(`${kind}-`)).map(([, { byteLength }]) => byteLength);
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  const some = (kind: string, count: number): number => {
    const sizes = sizesOf(kind);
    return sizes.length === 0 ? 0 : (sum(sizes) * Math.min(count, sizes.length)) / sizes.length;
  };
  const clusters = Math.ceil((sizesOf("near").length * COMPARED_PASSAGES) / Math.max(1, passages));
  const first =
    (files.get(ENTRY_FILE)?.byteLength ?? 0) +
    Math.max(0, ...sizesOf("head")) +
    some("words", QUESTION_FILES) +
    some("near", clusters) +
    some("text", SHOWN);
  return {
    bytes: sum([...files.values()].map(({ byteLength }) => byteLength)),
    firstQuestionBytes: Math.round(first),
  };
}
