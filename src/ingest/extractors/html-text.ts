import { readHtmlParts, type HtmlPart } from "../importers/documents/html-parts.ts";

/** Writes the text of an HTML fragment in the form of extracted text. */
export function htmlToText(html: string): string {
  const { parts } = readHtmlParts(html);
  return parts
    .map((part, i) => {
      const isNextItem = part.form === "item" && parts[i - 1]?.form === "item";
      return (i === 0 ? "" : isNextItem ? "\n" : "\n\n") + partToText(part);
    })
    .join("");
}

function partToText({ block, depth, form }: HtmlPart): string {
  const text = block.text.replaceAll("\f", " ").replace(/\n\s*\n/g, "\n");
  if (depth > 0) return `${"#".repeat(depth)} ${text.replace(/\s+/g, " ")}`;
  if (form === "item") return `- ${text}`;
  return text.startsWith("#") ? ` ${text}` : text;
}
