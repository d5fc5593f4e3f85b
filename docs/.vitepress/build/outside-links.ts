import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import type { MarkdownRenderer } from "vitepress";

/** Where the files of the project are to be seen, if anywhere: `https://…/blob/main/`. */
const REPOSITORY = process.env["DOCS_REPOSITORY"];

/**
 * Links that leave `docs/` lead somewhere on a git host and nowhere on this site: there they become the path in the
 * project, or a link into `DOCS_REPOSITORY` where that is given.
 *
 * Throws: where the file does not exist.
 */
export function keepOutsideLinks(md: MarkdownRenderer, docs: string): void {
  md.core.ruler.push("outside_links", ({ tokens, env }) => {
    const { path = "" } = env as { readonly path?: string };
    for (const { children } of tokens) {
      let outside: string | null = null;
      for (const token of children ?? []) {
        if (token.type === "link_open") outside = outsideOf(token.attrGet("href") ?? "", path, docs);
        if (outside === null || (token.type !== "link_open" && token.type !== "link_close")) continue;
        if (REPOSITORY !== undefined) token.attrSet("href", `${REPOSITORY}${outside}`);
        else {
          token.tag = "span";
          token.attrs = token.type === "link_open" ? [["title", `${outside} in the project`]] : null;
          token.type = token.type.replace("link", "outside_link");
        }
      }
    }
  });
}

/** The path from the project's root; null for a link that stays in the documentation or leaves the project. */
function outsideOf(href: string, page: string, docs: string): string | null {
  if (!href.startsWith("../") || page === "") return null;
  const file = join(dirname(page), decodeURI(href.replace(/#.*$/, "")));
  if (file.startsWith(normalize(docs))) return null;
  if (!existsSync(file)) throw new Error(`${page} links to ${href}, which is not there.`);
  return file.slice(normalize(join(docs, "..", "/")).length);
}
