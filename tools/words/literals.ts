import { parseSync } from "vite";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** Attributes whose value a person reads or hears. */
const SPOKEN =
  /^(aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label|heading|action|caption)$/;

/** Names and addresses that are the same in every language. */
const NAMES = /owner\/model|https?:\/\/\S*|Sextant|WebGPU|WASM|BM25|nDCG|CSV|JSON|SVG|PNG|Markdown/gu;

const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text.replaceAll(NAMES, ""));

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** What an expression may come to: both sides of a choice, what stands after `&&` and `??`. */
function outcomes(node: Node): readonly Node[] {
  const parts = (fields: readonly string[]) =>
    fields.flatMap((field) => (isNode(node[field]) ? outcomes(node[field]) : []));
  switch (node.type) {
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
      return parts(["expression"]);
    case "ConditionalExpression":
      return parts(["consequent", "alternate"]);
    case "LogicalExpression":
      return parts(["left", "right"]);
    default:
      return [node];
  }
}

/** The text that an expression puts on the page by itself; empty where it comes from elsewhere. */
function literalText(node: Node): string {
  if (node.type === "Literal" || node.type === "JSXText")
    return typeof node["value"] === "string" ? node["value"] : "";
  if (node.type !== "TemplateLiteral" || !Array.isArray(node["quasis"])) return "";
  return node["quasis"].map((quasi: { value: { raw: string } }) => quasi.value.raw).join(" ");
}

/**
 * Finds texts for people that stand in a component itself: between tags, in an attribute that is read out, or as one
 * outcome of an expression in such a place.
 */
export function findLiterals(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const look = (node: Node): void => {
    for (const one of outcomes(node)) {
      const text = literalText(one).replaceAll(/\s+/g, " ").trim();
      if (hasWords(text)) found.push(text);
    }
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (!isNode(value)) return;
    if (value.type === "JSXElement" || value.type === "JSXFragment") {
      const { children } = value;
      if (Array.isArray(children)) children.filter(isNode).forEach(look);
    }
    if (value.type === "JSXAttribute" && isNode(value["name"]) && isNode(value["value"])) {
      const { name } = value["name"];
      if (typeof name === "string" && SPOKEN.test(name)) look(value["value"]);
    }
    for (const [field, part] of Object.entries(value)) if (field !== "parent") walk(part);
  };
  walk(parseSync(file, source).program);
  return found;
}
