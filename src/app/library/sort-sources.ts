import type { Source } from "../../contract/index.ts";

export const SORTS = ["name", "added", "dated", "size", "passages"] as const;
export type Sort = (typeof SORTS)[number];

/** How the sources of a collection are looked at. */
export interface Look {
  readonly sort: Sort;
  readonly isDescending: boolean;
  readonly filter: string;
}

export const FIRST_LOOK: Look = { sort: "added", isDescending: true, filter: "" };

/** Sources whose name has every word of the filter, in the order asked for; equal ones by name, then as they came. */
export function lookAt(
  sources: readonly Source[],
  { sort, isDescending, filter }: Look,
  locale: string,
): Source[] {
  const words = fold(filter)
    .split(/\s+/u)
    .filter((word) => word !== "");
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const byName = (a: Source, b: Source): number => compare(a.name, b.name) || a.id - b.id;
  const direction = isDescending ? -1 : 1;
  const by = (a: Source, b: Source): number => {
    switch (sort) {
      case "name":
        return direction * byName(a, b);
      case "added":
        return direction * (a.addedAt.localeCompare(b.addedAt) || a.id - b.id);
      case "dated":
        return direction * ((a.dateMs ?? 0) - (b.dateMs ?? 0)) || byName(a, b);
      case "size":
        return direction * (a.sizeUtf16 - b.sizeUtf16) || byName(a, b);
      case "passages":
        return direction * (a.total - b.total) || byName(a, b);
      default:
        return sort satisfies never;
    }
  };
  return sources
    .filter(({ name, tags }) => {
      const text = fold([name, ...tags].join(" "));
      return words.every((word) => text.includes(word));
    })
    .sort(by);
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}
