import type { LibraryPlace } from "../state/library.ts";

/** The library's part of an address: `library`, `library=3` or `library=3.12`, or nothing while it is closed. */
export function formatPlace(place: LibraryPlace | null): string {
  if (place === null) return "";
  const { collectionId, sourceId } = place;
  if (collectionId === null) return "&library=all";
  return `&library=${collectionId}${sourceId === null ? "" : `.${sourceId}`}`;
}

/** Reads it back; what is no place is the closed library. */
export function parsePlace(search: string): LibraryPlace | null {
  const value = new URLSearchParams(search).get("library");
  if (value === "all") return { collectionId: null, sourceId: null };
  const [, collection, source] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(value ?? "") ?? [];
  if (collection === undefined) return null;
  return { collectionId: Number(collection), sourceId: source === undefined ? null : Number(source) };
}
