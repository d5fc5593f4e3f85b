import { createReadStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { escapeMarkup } from "../../src/base/escape-markup.ts";

interface Row {
  readonly _id?: string;
  readonly title?: string;
  readonly heading?: string;
  readonly text: string;
  readonly source?: string;
}

/** A site with questions: which pages it has, and which of them each question should find. */
export interface LabelledSite {
  readonly pages: number;
  readonly questions: readonly { readonly text: string; readonly pages: ReadonlySet<string> }[];
}

export interface SiteSource {
  /** Folders in BEIR layout: their passages become pages, their judged queries the questions. */
  readonly beir: readonly string[];
  /** Gzipped lines of `{source, text}` besides, a page a source. */
  readonly corpus: string | undefined;
  /** Only sources whose name matches. */
  readonly only: RegExp;
  /** None of the corpus whose source matches. */
  readonly without: RegExp;
  readonly mostQuestions: number;
}

interface Page {
  readonly title: string;
  readonly parts: { readonly heading: string; readonly text: string }[];
}

/** Writes one HTML page a source and title, its passages under their headings in their order. */
export async function makeSite(
  { beir, corpus, only, without, mostQuestions }: SiteSource,
  out: string,
): Promise<LabelledSite> {
  const pageOf = new Map<string, string>();
  const pages = new Map<string, Page>();
  const add = ({ _id, title, heading = "", text, source = "" }: Row): void => {
    if (!only.test(source)) return;
    const named = title ?? nameOf(source);
    const path = `${slug(source)}/${slug(named)}.html`;
    const page = pages.get(path) ?? { title: named || source, parts: [] };
    page.parts.push({ heading, text });
    pages.set(path, page);
    if (_id !== undefined) pageOf.set(_id, path);
  };
  for (const folder of beir) for (const row of await readLines<Row>(join(folder, "corpus.jsonl"))) add(row);
  if (corpus !== undefined)
    for await (const line of createInterface({ input: createReadStream(corpus).pipe(createGunzip()) })) {
      const row = JSON.parse(line) as Row;
      if (!without.test(row.source ?? "")) add(row);
    }
  for (const [path, page] of pages) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await writeFile(join(out, path), html(page));
  }
  const questions = [];
  for (const folder of beir) questions.push(...(await questionsOf(folder, pageOf)));
  const step = Math.max(1, questions.length / mostQuestions);
  return {
    pages: pages.size,
    questions: questions.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step)),
  };
}

async function questionsOf(folder: string, pageOf: ReadonlyMap<string, string>) {
  const wanted = new Map<string, Set<string>>();
  for (const line of (await readFile(join(folder, "qrels.tsv"), "utf8")).trim().split("\n").slice(1)) {
    const [query = "", passage = "", score] = line.split("\t");
    const page = pageOf.get(passage);
    if (Number(score) > 0 && page !== undefined)
      wanted.set(query, (wanted.get(query) ?? new Set<string>()).add(page));
  }
  return (await readLines<Required<Row>>(join(folder, "queries.jsonl"))).flatMap(({ _id, text }) => {
    const own = wanted.get(_id);
    return own ? [{ text, pages: own }] : [];
  });
}

async function readLines<T>(path: string): Promise<T[]> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as T);
}

/** `guide/server-api.md` is "server api": pages of a corpus without titles. */
function nameOf(source: string): string {
  const steps = source.replace(/\.\w+$/, "").split("/");
  const last = steps.at(-1) === "index" ? steps.at(-2) : steps.at(-1);
  return (last ?? "").replace(/[-_]+/g, " ");
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9/]+/g, "-")
    .replace(/^[-/]+|[-/]+$/g, "")
    .slice(0, 80) || "page";

function html({ title, parts }: Page): string {
  let above = "";
  const sections = parts.map(({ heading, text }, place) => {
    const isNew = heading !== "" && heading !== above && heading !== title;
    above = heading;
    const head = isNew ? `<h2 id="part-${place}">${escapeMarkup(heading)}</h2>` : "";
    const blocks = text.split(/\n{2,}/).map((block) => `<p>${escapeMarkup(block)}</p>`);
    return `${head}${blocks.join("")}`;
  });
  const head = `<meta charset="utf-8"><title>${escapeMarkup(title)}</title><link rel="icon" href="data:,">`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>${escapeMarkup(title)}</h1>${sections.join("")}</main></body></html>`;
}
