import type { Collection } from "chromadb";
import {
  isSextantError,
  SextantError,
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
import { checkVector, itemToFlat, toItem, toRow } from "./records.ts";
import type { Session } from "./session.ts";

/** Records of one request, where the server takes as many; fewer after it called a request too large. */
const PUT_ROWS = 256;
/** Ids of one request, for looking up and paging. */
const PAGE_IDS = 2_000;
const READ_ROWS = 256;
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
    word: string,
    near: Float32Array | undefined,
    limit: number,
    where: ReturnType<typeof toWhere>,
    signal?: AbortSignal,
  ): Promise<readonly CorpusItem[]> {
    if (words === "none") return [];
    const whereDocument = toWhereDocument(word, words);
    const narrowed = {
      whereDocument,
      include: ["documents", "metadatas"] as ("documents" | "metadatas")[],
      ...(where && { where }),
    };
    const found = await ask(async (collection) => {
      if (!near) {
        const { ids, documents, metadatas } = await collection.get({ ...narrowed, limit });
        return { ids, documents, metadatas };
      }
      const { ids, documents, metadatas } = await collection.query({
        ...narrowed,
        queryEmbeddings: [Array.from(near)],
        nResults: limit,
      });
      return { ids: ids[0] ?? [], documents: documents[0] ?? [], metadatas: metadatas[0] ?? [] };
    }, signal);
    return found.ids.map((one, i) => toItem(one, found.documents[i] ?? null, found.metadatas[i] ?? null));
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
      const seen = new Set<string>();
      for (let offset = 0; ; offset += PAGE_IDS) {
        const page = { limit: PAGE_IDS, offset, include: [] };
        const { ids } = await ask((collection) => collection.get(page), signal);
        const fresh = [...new Set(ids)].filter((one) => !seen.has(one));
        for (const one of fresh) seen.add(one);
        if (fresh.length > 0) yield fresh;
        if (ids.length < PAGE_IDS) return;
      }
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
      const { ids, documents, metadatas, distances } = await ask(
        (collection) =>
          collection.query({
            queryEmbeddings: [Array.from(vector)],
            nResults: limit,
            include: ["documents", "metadatas", "distances"],
            ...(where && { where }),
          }),
        signal,
      );
      const hits = (ids[0] ?? []).map((one, i): FoundItem => {
        const item = toItem(one, documents[0]?.[i] ?? null, metadatas[0]?.[i] ?? null);
        // The index measures inner products, as 1 - product.
        return { item, score: 1 - (distances[0]?.[i] ?? Number.NaN) };
      });
      if (hits.some(({ score }) => !Number.isFinite(score)))
        throw noChroma(session.url, "a hit came without its distance");
      return hits.sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1));
    },
    async containing({ words: all, near, limit, filter }, { signal } = {}) {
      const where = toWhere(filter);
      const longest = [...all].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
      while (words !== "none") {
        const by = words;
        try {
          const lists = await Promise.all(longest.map((word) => withWord(word, near, limit, where, signal)));
          return [...new Map(lists.flat().map((item) => [item.id, item])).values()];
        } catch (error) {
          if (!isSextantError(error, "remote/refused")) throw error;
          words = by === "regex" ? "contains" : "none";
        }
      }
      return null;
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
