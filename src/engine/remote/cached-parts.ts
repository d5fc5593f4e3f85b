import type { CorpusItem } from "../../contract/index.ts";

/** Passages of a source that are cached together; a longer source is cached in parts, each a source of its own here. */
export const PART_PASSAGES = 1_000;

const SEPARATOR = "~";
/** No digest has the mark, nor has what storage makes of one (`#`) for a passage that stands apart. */
const PART = /^([^#~]+)~([1-9]\d*)$/;

/** A source's digest there, and from which place on. */
export function partOf(digest: string): { readonly digest: string; readonly fromOrdinal: number } {
  const [, whole = digest, part = "0"] = PART.exec(digest) ?? [];
  return { digest: whole, fromOrdinal: Number(part) * PART_PASSAGES };
}

export const isPart = (digest: string): boolean => PART.test(digest);

/** What the part that an item is in is called here: the first has the name of the whole. */
export function partName({ source: { digest }, ordinal }: CorpusItem): string {
  const place = Math.floor(ordinal / PART_PASSAGES);
  return place === 0 ? digest : `${digest}${SEPARATOR}${place}`;
}
