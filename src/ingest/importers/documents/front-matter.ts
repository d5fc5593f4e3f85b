/** Finds the YAML block at the head of a Markdown file: where it ends, and the title in it. */
export function readFrontMatter(text: string): { readonly end: number; readonly title: string } {
  const block = /^---[ \t]*\r?\n(?:[^]*?\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(text)?.[0];
  if (block === undefined || !/^\s*[\w-]+\s*:/m.test(block)) return { end: 0, title: "" };
  const title = /^title[ \t]*:[ \t]*(.*?)[ \t]*\r?$/m.exec(block)?.[1] ?? "";
  return { end: block.length, title: /^[>|]/.test(title) ? "" : title.replace(/^(["'])(.*)\1$/, "$2") };
}
