import type { Engine } from "../../contract/index.ts";
import { evaluateRun } from "../../metrics/index.ts";
import { openSite, type Site, type SitePage } from "../../site/index.ts";
import type { BeirSet } from "../beir.ts";
import { makeIndex, type IndexParts } from "./make-index.ts";

export interface TableMeasures {
  readonly queries: number;
  readonly bytes: number;
  /** By whom the queries were made into vectors: the site's table, or the full model along the site's axes. */
  readonly table: ReturnType<typeof evaluateRun>;
  readonly model: ReturnType<typeof evaluateRun>;
}

const TOP = 10;
/** Passages that are looked at for ten of the set's. */
const NEAR = 60;

/** Measures a site's query table on a judged set: its index is made of the set's passages, a page each, and read again. */
export async function evaluateTable(
  set: BeirSet,
  how: Omit<IndexParts, "pages" | "engine"> & { readonly engine: Pick<Engine, "embed"> },
): Promise<TableMeasures> {
  const pages = set.passages.map(({ id, title, text }): SitePage => ({
    path: id,
    title,
    language: "",
    sections: [{ anchor: null, headings: [], blocks: text.split(/\n{2,}/), weight: 1 }],
    filters: {},
  }));
  const { files } = await makeIndex({ ...how, pages });
  const { signal, engine } = how;
  const site = await openSite(async (name) => files.get(name) ?? new Uint8Array(), "", signal);
  if (!site) throw new TypeError("a set without a language is always indexed");
  const byTable = new Map<string, string[]>();
  const byModel = new Map<string, string[]>();
  for (const { id, text } of set.queries) {
    byTable.set(id, await nearestPages(site, await site.encode(text, signal), signal));
    const { vectors } = await engine.embed({ task: "qa", side: "query", texts: [text] }, { signal });
    byModel.set(id, await nearestPages(site, await site.project(vectors, signal), signal));
  }
  return {
    queries: set.queries.length,
    bytes: [...files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0),
    table: evaluateRun(set.qrels, byTable),
    model: evaluateRun(set.qrels, byModel),
  };
}

async function nearestPages(site: Site, vector: Float32Array | null, signal: AbortSignal): Promise<string[]> {
  if (!vector) return [];
  const { hits } = await site.nearest(vector, NEAR, signal);
  const rows = new Map<number, number>();
  for (const { page, row } of hits) if (!rows.has(page)) rows.set(page, row);
  const first = [...rows.values()].slice(0, TOP);
  return Promise.all(first.map(async (row) => (await site.passage(row, signal)).path));
}
