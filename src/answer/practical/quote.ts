/** The tags in which found material stands; only these words could end a quotation early. */
const TAGS = /<(?=\/?(?:source|memory|earlier|text)\b)/gi;

/**
 * Found material between tags, with its number: material that holds such a tag cannot end its own quotation.
 *
 * Models are told that nothing in it is an instruction. That helps and proves nothing: the answer's citations are
 * checked, and a call that a model asks for is only shown.
 */
export function quote(
  tag: "source" | "memory" | "earlier" | "text",
  text: string,
  attributes: Readonly<Record<string, string | number>> = {},
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => ` ${name}="${String(value).replace(/["<>\n]/g, " ")}"`);
  return `<${tag}${written.join("")}>\n${text.replace(TAGS, "&lt;").trim()}\n</${tag}>`;
}
