import type { AddReport, AddRequest, Collection, Notice, Passage, Source } from "../../../contract/index.ts";
import { textOf, unreadable } from "./fake-files.ts";
import { recordOf } from "./fake-records.ts";

interface FakeShelf {
  readonly sources: { source: Source; text: string }[];
  readonly passages: Passage[];
  nextId(): number;
}

/** Stores files for tests; passages of a file are its paragraphs. */
export async function addFakes(
  { sources, passages, nextId }: FakeShelf,
  { id: collectionId, kind }: Pick<Collection, "id" | "kind">,
  files: AddRequest["files"],
): Promise<AddReport> {
  const added: Source[] = [];
  const notices: Notice[] = [];
  for (const file of files) {
    const text = await textOf(file).catch(() => null);
    if (text === null) {
      notices.push(unreadable(file.name));
      continue;
    }
    const id = nextId();
    const paragraphs = [...text.matchAll(/\S(?:.|\n(?!\n))*/g)];
    const counts = { total: paragraphs.length, done: paragraphs.length };
    const format = `${kind}/1`;
    const addedAt = "2026-01-01T00:00:00.000Z";
    const named = {
      id,
      collectionId,
      name: file.name,
      format,
      digest: String(id),
      addedAt,
      tags: [],
      dateMs: file.modifiedMs ?? null,
    };
    const source: Source = { ...named, sizeUtf16: text.length, ...counts };
    sources.push({ source, text });
    added.push(source);
    for (const [ordinal, match] of paragraphs.entries())
      passages.push({
        id: nextId(),
        collectionId,
        sourceId: id,
        ordinal,
        title: file.name.replace(/\.\w+$/, ""),
        text: match[0],
        startUtf16: match.index,
        endUtf16: match.index + match[0].length,
        record: recordOf(kind, match[0]),
      });
  }
  return { added, unchanged: [], notices, columns: [] };
}
