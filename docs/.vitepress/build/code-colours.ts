import type { MarkdownOptions } from "vitepress";

/** What a piece of code is, in the words of TextMate's scopes. Each kind has a class of its name in theme/code.css. */
const SCOPES = {
  comment: ["comment", "punctuation.definition.comment"],
  string: ["string", "punctuation.definition.string", "markup.inline.raw"],
  keyword: ["keyword", "storage", "entity.name.tag", "variable.language", "support.type.property-name"],
  name: ["entity.name.function", "support.function", "entity.other.attribute-name", "entity.name.type"],
  value: ["constant", "support.constant"],
} as const;

const KINDS = Object.keys(SCOPES);
/** A colour that stands for a kind until its class takes its place. */
const standIn = (kind: string): string => `#00000${KINDS.indexOf(kind) + 1}`;

export const codeTheme = {
  name: "sextant",
  type: "light",
  fg: "#000000",
  bg: "#ffffff",
  settings: Object.entries(SCOPES).map(([kind, scope]) => ({
    scope: [...scope],
    settings: { foreground: standIn(kind) },
  })),
} satisfies MarkdownOptions["theme"];

/** Colours code by class: a `style` on each word would be refused by `style-src 'self'`. */
export const colourByClass: NonNullable<MarkdownOptions["codeTransformers"]>[number] = {
  name: "sextant:colour-by-class",
  span(node) {
    const kind = KINDS.find((one) => String(node.properties["style"] ?? "").includes(standIn(one)));
    delete node.properties["style"];
    if (kind !== undefined) this.addClassToHast(node, `code-${kind}`);
  },
  pre(node) {
    delete node.properties["style"];
  },
};
