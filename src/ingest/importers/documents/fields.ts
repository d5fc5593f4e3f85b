import type { Section } from "../../chunkers/block.ts";
import { packSections } from "../../chunkers/pack-sections.ts";
import type { IngestTools, Parsed, Span } from "../../importer.ts";

/** Names that a record's title and its text go by. */
export const TITLES = ["title", "name", "headline", "heading", "subject"];
export const TEXTS = ["text", "content", "contents", "body", "passage", "document", "abstract", "summary"];

/** A record of named values as a document of its own: `name: value` lines, or its text where it has one. */
export function recordSection(
  fields: readonly (readonly [name: string, value: string])[],
  span: Span,
): Section | null {
  const given = fields.filter(([, value]) => value.trim() !== "");
  const pick = (wanted: readonly string[]): string | undefined =>
    wanted
      .map((word) => given.find(([name]) => name.trim().toLowerCase() === word)?.[1])
      .find((value) => value !== undefined);
  const title = pick(TITLES) ?? "";
  const body = pick(TEXTS);
  const others = given.filter(([, value]) => value !== title || given.length === 1);
  const text = body ?? others.map(([name, value]) => (name === "" ? value : `${name}: ${value}`)).join("\n");
  if (text.trim() === "") return null;
  return {
    title: title.replace(/\s+/g, " ").trim(),
    blocks: [
      { text: text.trim(), glue: "", cut: body === undefined ? "lines" : "prose", locate: () => span },
    ],
  };
}

/** Passages of records in their order; what stands between them, and records without words, is left out. */
export async function packRecords(
  records: readonly { readonly section: Section | null; readonly span: Span }[],
  length: number,
  tools: IngestTools,
): Promise<Pick<Parsed, "drafts" | "skipped">> {
  const sections: Section[] = [];
  const skipped: Span[] = [];
  let end = 0;
  for (const { section, span } of records) {
    if (section === null) continue;
    sections.push(section);
    skipped.push([end, span[0]]);
    end = span[1];
  }
  return { drafts: await packSections(sections, tools), skipped: [...skipped, [end, length]] };
}
