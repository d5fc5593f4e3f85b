import type { MarkdownRenderer } from "vitepress";

/** Aligns the cells of a table by class: markdown-it writes a `style`, which `style-src 'self'` refuses. */
export function alignByClass(md: MarkdownRenderer): void {
  md.core.ruler.push("align_by_class", ({ tokens }) => {
    for (const token of tokens) {
      const side = /^text-align:(\w+)$/.exec(token.attrGet("style") ?? "")?.[1];
      if (side === undefined || !["th_open", "td_open"].includes(token.type)) continue;
      token.attrs = token.attrs?.filter(([name]) => name !== "style") ?? null;
      token.attrJoin("class", `align-${side}`);
    }
  });
}
