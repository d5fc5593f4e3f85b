import type { Collection, QueryResult } from "chromadb";
import {
  isSextantError,
  SextantError,
  type ContainingItem,
  type CorpusItem,
  type CorpusMake,
  type CorpusRow,
  type CorpusSeal,
  type CorpusStore,
  type FoundItem,
} from "../contract/index.ts";
import { makeToFlat } from "./collection-facts.ts";
import { noChroma } from "./faults.ts";
import { toWhere, toWhereDocument } from "./filter.ts";
import { pages, type Page } from "./pages.ts";
import { checkVector, itemToFlat, toItem, toRow } from "./records.ts";
import type { Session } from "./session.ts";

/** Records of one request, where the server takes as many; fewer after it called a request too large. */
const PUT_ROWS = 256;
/** Ids of one request, for looking up and paging. */
const PAGE_IDS = 2_000;
const READ_ROWS = 256;
/** Places of a collection that a sample is taken from. */
const SAMPLE_PAGES = 8;
/** Words of a query that are looked for, the longest first: each is a request. */
const MOST_WORDS = 6;

export interface ChromaStoreOptions {
  readonly session: Session;
  readonly remoteName: string;
  /** The server's own id of the collection. */
  readonly id: string;
  readonly make: CorpusMake;
  readonly sealed: CorpusSeal | null;
}

/** One collection on a Chroma server. Throws: `remote/*`. */
export function createChromaStore({
  session,
  id,
  make,
  remoteName,
  ...options
}: ChromaStoreOptions): CorpusStore {
  let sealed = options.sealed;
  let putRows = PUT_ROWS;
  let words: "regex" | "contains" | "none" = "regex";

  const ask = <T>(work: (collection: Collection) => Promise<T>, signal?: AbortSignal): Promise<T> =>
    session.ask((client) => work(client.collection(id)), signal);

  /** A request that is too large is sent in halves, down to single records. */
  async function putBatch(rows: readonly CorpusRow[], signal?: AbortSignal): Promise<void> {
    try {
      await ask(
        (collection) =>
          collection.upsert({
            ids: rows.map(({ item }) => item.id),
            embeddings: rows.map(({ vector }) => Array.from(vector)),
            documents: rows.map(({ item }) => item.passage.text),
            metadatas: rows.map(({ item }) => itemToFlat(item)),
          }),
        signal,
      );
    } catch (error) {
      if (!isTooLarge(error) || rows.length === 1) throw error;
      const half = Math.ceil(rows.length / 2);
      putRows = Math.min(putRows, half);
      await putBatch(rows.slice(0, half), signal);
      await putBatch(rows.slice(half), signal);
    }
  }

  async function withWord(
    whereDocument: ReturnType<typeof toWhereDocument>,
    { near, limit, filter }: Omit<Parameters<CorpusStore["containing"]>[0], "words">,
    signal?: AbortSignal,
  ): Promise<readonly ContainingItem[]> {
    const where = toWhere(filter);
    const narrowed = { whereDocument, ...(where && { where }) };
    return ask(async (collection) => {
      if (!near) {
        const found = await collection.get({ ...narrowed, limit, include: ["documents", "metadatas"] });
        return found.ids.map((one, i) => ({
          item: toItem(one, found.documents[i] ?? null, found.metadatas[i] ?? null),
          score: null,
        }));
      }
      return toHits(
        await collection.query({
          ...narrowed,
          queryEmbeddings: [Array.from(near)],
          nResults: limit,
          include: ["documents", "metadatas", "distances"],
        }),
      );
    }, signal);
  }

  /** The index measures inner products, as 1 - product. */
  function toHits({ ids, documents, metadatas, distances }: QueryResult): FoundItem[] {
    const hits = (ids[0] ?? []).map((one, i) => ({
      item: toItem(one, documents[0]?.[i] ?? null, metadatas[0]?.[i] ?? null),
      score: 1 - (distances[0]?.[i] ?? Number.NaN),
    }));
    if (hits.some(({ score }) => !Number.isFinite(score)))
      throw noChroma(session.url, "a hit came without its distance");
    return hits;
  }

  return {
    make,
    get sealed() {
      return sealed;
    },
    async count({ signal } = {}) {
      const count: unknown = await ask((collection) => collection.count(), signal);
      if (typeof count !== "number" || !Number.isSafeInteger(count) || count < 0)
        throw noChroma(session.url, "its count is no number");
      return count;
    },
    async *ids({ signal } = {}) {
      const read = (page: Page) => ask((collection) => collection.get({ ...page, include: [] }), signal);
      for await (const { fresh } of pages(PAGE_IDS, read, ({ ids }) => ids))
        if (fresh.length > 0) yield fresh;
    },
    async present(ids, { signal } = {}) {
      const found = new Set<string>();
      for (const some of slices(ids, PAGE_IDS)) {
        const answer = await ask(
          (collection) => collection.get({ ids: some, include: [], limit: some.length }),
          signal,
        );
        for (const one of answer.ids) found.add(one);
      }
      return new Set(ids.filter((one) => found.has(one)));
    },
    async read(ids, { signal } = {}) {
      const rows = new Map<string, CorpusRow>();
      for (const some of slices(ids, READ_ROWS)) {
        const found = await ask(
          (collection) =>
            collection.get({
              ids: some,
              include: ["documents", "metadatas", "embeddings"],
              limit: some.length,
            }),
          signal,
        );
        for (const [i, one] of found.ids.entries()) {
          const item = toItem(one, found.documents[i] ?? null, found.metadatas[i] ?? null);
          rows.set(one, toRow(item, found.embeddings[i], make.dim));
        }
      }
      return ids.flatMap((one) => rows.get(one) ?? []);
    },
    async nearest({ vector, limit, filter }, { signal } = {}) {
      checkVector(vector, make.dim);
      const where = toWhere(filter);
      const request = {
        queryEmbeddings: [Array.from(vector)],
        nResults: limit,
        include: ["documents" as const, "metadatas" as const, "distances" as const],
        ...(where && { where }),
      };
      const hits = toHits(await ask((collection) => collection.query(request), signal));
      return hits.sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1));
    },
    async containing({ words: all, ...request }, { signal } = {}) {
      const longest = [...all].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
      while (words !== "none") {
        const by = words;
        try {
          const lists = await Promise.all(
            longest.map((word) => withWord(toWhereDocument(word, by), request, signal)),
          );
          return [...new Map(lists.flat().map((one) => [one.item.id, one])).values()];
        } catch (error) {
          if (!isSextantError(error, "remote/refused")) throw error;
          words = by === "regex" ? "contains" : "none";
        }
      }
      return null;
    },
    async itemsOf(part, { signal } = {}) {
      const where = toWhere({ sources: [part] });
      const include = ["documents" as const, "metadatas" as const];
      const read = (page: Page) =>
        ask((collection) => collection.get({ ...page, include, ...(where && { where }) }), signal);
      const items = new Map<string, CorpusItem>();
      for await (const { found } of pages(READ_ROWS, read, ({ ids }) => ids))
        for (const [i, one] of found.ids.entries())
          items.set(one, toItem(one, found.documents[i] ?? null, found.metadatas[i] ?? null));
      return [...items.values()].sort((a, b) => a.ordinal - b.ordinal);
    },
    async sample(limit, { signal } = {}) {
      const count = await ask((collection) => collection.count(), signal);
      const pages = count <= limit ? 1 : SAMPLE_PAGES;
      const size = Math.ceil(limit / pages);
      const offsets = Array.from({ length: pages }, (_, i) =>
        Math.floor(((count - size) * i) / Math.max(1, pages - 1)),
      );
      const found = await Promise.all(
        offsets.map((offset) =>
          ask(
            (collection) =>
              collection.get({ limit: size, offset: Math.max(0, offset), include: ["embeddings"] }),
            signal,
          ),
        ),
      );
      return found.flatMap(({ embeddings }) => embeddings.map((values) => Float32Array.from(values)));
    },
    async put(rows, { signal } = {}) {
      for (const { vector } of rows) checkVector(vector, make.dim);
      const distinct = [...new Map(rows.map((row) => [row.item.id, row])).values()];
      for (let done = 0; done < distinct.length;) {
        const batch = distinct.slice(done, done + putRows);
        await putBatch(batch, signal);
        done += batch.length;
      }
    },
    async remove(ids, { signal } = {}) {
      for (const some of slices(ids, READ_ROWS))
        await ask((collection) => collection.delete({ ids: some }), signal);
    },
    async seal(content, { signal } = {}) {
      const metadata = makeToFlat(make, content);
      await session.ask(async (client) => {
        const collection = await client.getCollection({ name: remoteName });
        await collection.modify({ metadata });
      }, signal);
      sealed = content;
    },
  };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof SextantError && error.details["status"] === 413;
}

function* slices<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
