import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

interface Row {
  readonly _id: string;
  readonly title?: string;
  readonly text: string;
  readonly source?: string;
}

/** A BEIR folder as a site: which page each passage stands on, and what each question should find. */
export interface LabelledSite {
  readonly pages: number;
  readonly questions: readonly { readonly text: string; readonly pages: ReadonlySet<string> }[];
}

/** Writes one HTML page a source and title of a BEIR corpus, its passages as sections in their order. */
export async function makeSite(beir: string, out: string, mostQuestions: number): Promise<LabelledSite> {
  const corpus = await readLines<Row>(join(beir, "corpus.jsonl"));
  const pageOf = new Map<string, string>();
  const pages = new Map<string, { title: string; parts: string[] }>();
  for (const { _id, title = "", text, source = "" } of corpus) {
    const path = `${slug(source)}/${slug(title)}.html`;
    const page = pages.get(path) ?? { title: title || source, parts: [] };
    page.parts.push(text);
    pages.set(path, page);
    pageOf.set(_id, path);
  }
  for (const [path, { title, parts }] of pages) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await writeFile(join(out, path), html(title, parts));
  }
  const wanted = new Map<string, Set<string>>();
  for (const line of (await readFile(join(beir, "qrels.tsv"), "utf8")).trim().split("\n").slice(1)) {
    const [query = "", passage = "", score] = line.split("\t");
    const page = pageOf.get(passage);
    if (Number(score) > 0 && page !== undefined)
      wanted.set(query, (wanted.get(query) ?? new Set<string>()).add(page));
  }
  const labelled = (await readLines<Row>(join(beir, "queries.jsonl"))).flatMap(({ _id, text }) => {
    const own = wanted.get(_id);
    return own ? [{ text, pages: own }] : [];
  });
  const step = Math.max(1, labelled.length / mostQuestions);
  const questions = labelled.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  return { pages: pages.size, questions };
}

async function readLines<T>(path: string): Promise<T[]> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as T);
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9/]+/g, "-")
    .replace(/^[-/]+|[-/]+$/g, "")
    .slice(0, 80) || "page";

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function html(title: string, parts: readonly string[]): string {
  const sections = parts.map((text) => {
    const blocks = text.split(/\n{2,}/).map((block) => `<p>${escape(block)}</p>`);
    return `<section>${blocks.join("")}</section>`;
  });
  const head = `<meta charset="utf-8"><title>${escape(title)}</title><link rel="icon" href="data:,">`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>${escape(title)}</h1>${sections.join("")}</main></body></html>`;
}
