import GithubSlugger, { slug as githubSlug } from "github-slugger";
import { SextantError } from "../../contract/index.ts";

/** Whose rules make pages and anchors of Markdown files. */
export type Generator = "vitepress" | "docusaurus" | "starlight";

export interface Routes {
  readonly generator: Generator;
  /** Folder below the site's root that the pages are served from: empty, or ending in `/`. */
  readonly base: string;
  /** VitePress only: `guide/intro` instead of `guide/intro.html`. */
  readonly cleanUrls: boolean;
  /** Of pages that say nothing else. */
  readonly language: string;
  /** First folders that hold the same pages in another language. */
  readonly locales: readonly string[];
}

/** What a page's front matter may say about where it is. */
export interface OwnPlace {
  readonly slug?: string;
  readonly id?: string;
}

/** Reads a generator's name. Throws: `engine/invalid-input`. */
export function parseGenerator(name: string): Generator {
  if (name === "vitepress" || name === "docusaurus" || name === "starlight") return name;
  throw new SextantError(
    "engine/invalid-input",
    `${name} is not known. Say --generator vitepress, docusaurus or starlight.`,
  );
}

/** `docs`, `/docs/` and `./docs` as `docs/`; nothing and `/` as the root. */
export function parseBase(base: string): string {
  const steps = base.split("/").filter((step) => step !== "" && step !== ".");
  return steps.map((step) => `${step}/`).join("");
}

/**
 * Where the page of a Markdown file is served: a path from the site's root, `index.html` at its end where the address
 * ends in a slash.
 *
 * Source: VitePress routing, Docusaurus docs plugin (number prefixes, index and README, slug, id), Starlight (Astro's
 * slugs of content ids), as their documentation says.
 */
export function routeOf(file: string, place: OwnPlace, routes: Routes): string {
  const steps = file.replace(/\.mdx?$/i, "").split("/");
  return `${routes.base}${routeIn(steps, place, routes)}`;
}

function routeIn(steps: readonly string[], { slug, id }: OwnPlace, { generator, cleanUrls }: Routes): string {
  const folder = steps.slice(0, -1);
  const last = steps.at(-1) ?? "";
  if (generator === "vitepress") {
    if (last === "index") return [...folder, "index.html"].join("/");
    return `${steps.join("/")}${cleanUrls ? "" : ".html"}`;
  }
  if (generator === "starlight") {
    const named = slug === undefined ? steps.map((step) => githubSlug(step)) : stepsOf(slug);
    const inside = named.at(-1) === "index" ? named.slice(0, -1) : named;
    return [...inside, "index.html"].join("/");
  }
  const above = folder.map(withoutNumber);
  if (slug !== undefined) {
    const named = slug.startsWith("/") ? stepsOf(slug) : [...above, ...stepsOf(slug)];
    return named.length === 0 ? "index.html" : named.join("/");
  }
  const name = withoutNumber(last);
  const isIndex = /^(?:index|readme)$/i.test(name) || name.toLowerCase() === above.at(-1)?.toLowerCase();
  if (isIndex && id === undefined) return [...above, "index.html"].join("/");
  return [...above, id ?? name].join("/");
}

const stepsOf = (slug: string): string[] => slug.split("/").filter((step) => step !== "" && step !== ".");

/** `01-intro` is `intro`; dates and versions keep theirs. */
function withoutNumber(step: string): string {
  if (/^\d+[-_.]\d+/.test(step)) return step;
  return /^\d+\s*[-_.]+\s*([^-_.\s].*)$/.exec(step)?.[1] ?? step;
}

/** Gives headings of one page their anchors in order, each once. */
export function createAnchors(generator: Generator): (heading: string) => string {
  if (generator !== "vitepress") {
    const slugger = new GithubSlugger();
    return (heading) => slugger.slug(heading);
  }
  const given = new Map<string, number>();
  return (heading) => {
    const anchor = vitepressSlug(heading);
    const before = given.get(anchor) ?? 0;
    given.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  };
}

/** Source: `slugify` of @mdit-vue/shared, which VitePress uses. */
function vitepressSlug(heading: string): string {
  return heading
    .normalize("NFKD")
    .replace(/[\u0300-\u036F]/g, "")
    .replace(/[\u0000-\u001f]/g, "")
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g, "-")
    .replace(/-{2,}/g, "-")
    .replace(/^-+|-+$/g, "")
    .replace(/^(\d)/, "_$1")
    .toLowerCase();
}
