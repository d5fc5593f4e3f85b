import type { Section } from "../../chunkers/block.ts";
import type { Span } from "../../importer.ts";

/** Names that a record's title and its text go by. */
const TITLES = ["title", "name", "headline", "heading", "subject"];
const TEXTS = ["text", "content", "contents", "body", "passage", "document", "abstract", "summary"];

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
