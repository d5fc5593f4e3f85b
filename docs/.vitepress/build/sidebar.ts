import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface SidebarGroup {
  readonly text: string;
  readonly collapsed?: boolean;
  readonly items: { readonly text: string; readonly link: string }[];
}

/** Pages by group, in the order they are read; a folder stands for its pages. What is named nowhere goes to the last group. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "Using it": ["models.md", "adaptation.md", "answers.md", "library.md", "recipes/"],
  "Searching a documentation site": ["docs-sites.md", "docs-sites/"],
  "What was measured": ["status.md", "measurements.md", "quantisation.md"],
  "How it is made": ["architecture.md", "design.md", "glossary.md", "errors.md", "reliability.md"],
  Formats: ["formats/"],
  Decisions: ["decisions/"],
};
const LAST = "How it is made";
const CLOSED: readonly string[] = ["Formats", "Decisions"];

export function sidebarOf(docs: string): SidebarGroup[] {
  const pages = readdirSync(docs, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".md") && !path.startsWith(".") && path !== "README.md")
    .sort();
  const groupOf = (page: string): string =>
    Object.entries(GROUPS).find(([, own]) => own.some((one) => one === page || isIn(page, one)))?.[0] ?? LAST;
  return Object.entries(GROUPS).map(([text, own]) => {
    const place = (page: string): number => own.findIndex((one) => one === page || isIn(page, one));
    const items = pages
      .filter((page) => groupOf(page) === text)
      .sort((a, b) => (place(a) < 0 ? own.length : place(a)) - (place(b) < 0 ? own.length : place(b)))
      .map((page) => ({ text: titleOf(join(docs, page)), link: `/${page.replace(/\.md$/, "")}` }));
    return CLOSED.includes(text) ? { text, collapsed: true, items } : { text, items };
  });
}

const isIn = (page: string, folder: string): boolean => folder.endsWith("/") && page.startsWith(folder);

function titleOf(file: string): string {
  return /^# (.+)$/m.exec(readFileSync(file, "utf8"))?.[1]?.replaceAll("`", "") ?? file;
}
