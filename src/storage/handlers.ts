import {
  isSextantError,
  SextantError,
  type Collection,
  type Handlers,
  type Source,
  type StorageCalls,
  type VectorIndex,
} from "../contract/index.ts";
import { appendPassages } from "./append.ts";
import { estimateOrigin } from "./estimate.ts";
import { notFound } from "./faults.ts";
import { toKeywordPhrases, toKeywordTerms } from "./keyword-text.ts";
import { libraryHandlers } from "./library-handlers.ts";
import type { OpenDatabase } from "./open.ts";
import { fillIndex, knownVectors, missingPassages, readSegments, readVectors } from "./segments.ts";
import {
  listMarks,
  deleteRewards,
  listRewards,
  readAdapter,
  writeAdapter,
  writeMark,
  writeRewards,
} from "./tables/adapter.ts";
import { deleteAnswer, insertAnswer, listAnswers } from "./tables/answer.ts";
import { findCollection, insertCollection, listCollections } from "./tables/collection.ts";
import { databaseBytes, giveBackPages, schemaVersion } from "./tables/file.ts";
import { createKeywordTable, searchKeywords, tellingWords } from "./tables/keyword.ts";
import { filterPassages, passageTimes } from "./tables/filter.ts";
import { listPassages, readContinuations, readPassages } from "./tables/passage.ts";
import { readSetting, writeSetting } from "./tables/setting.ts";
import {
  findSource,
  findSourceByDigest,
  insertSource,
  listSources,
  listUnfinished,
  readSourceText,
  setImporting,
  sourceNames,
  setTags,
  setTotal,
} from "./tables/source.ts";
import { findIndex, findIndexOf, insertIndex, listIndexes } from "./tables/vector-index.ts";

/** Makes the calls over an open database. */
export function createHandlers({ database: db, durable, where }: OpenDatabase): Handlers<StorageCalls> {
  function collectionOf(id: number): Collection {
    const collection = findCollection(db, id);
    if (!collection) throw notFound("collection", id);
    return collection;
  }

  function sourceOf(id: number): Source {
    const source = findSource(db, id);
    if (!source) throw notFound("source", id);
    return source;
  }

  function indexOf(id: number): VectorIndex {
    const index = findIndex(db, id);
    if (!index) throw notFound("index", id);
    return index;
  }

  /** Free pages are used again in any case; that the file cannot shrink on a full disk harms nothing. */
  function shrink(): void {
    try {
      giveBackPages(db);
    } catch (error) {
      if (!isSextantError(error, "storage/full")) throw error;
    }
  }

  return {
    info: async () => ({
      durable,
      where,
      schema: schemaVersion(db),
      databaseBytes: databaseBytes(db),
      ...(await estimateOrigin()),
    }),

    ...libraryHandlers({ db, collectionOf, sourceOf, shrink }),
    collections: async () => listCollections(db),
    createCollection: async ({ name, kind }) =>
      db.transaction(() => {
        const id = insertCollection(db, name, kind);
        createKeywordTable(db, id);
        return collectionOf(id);
      }),

    addSource: async ({ isImporting = false, ...source }) =>
      db.transaction(() => {
        collectionOf(source.collectionId);
        const known = findSourceByDigest(db, source.collectionId, source.digest);
        const now = known ?? sourceOf(insertSource(db, source));
        setImporting(db, now.id, isImporting && now.done < now.total);
        return { source: now, unchanged: known !== undefined };
      }),
    releaseSources: async ({ sourceIds }) =>
      db.transaction(() => sourceIds.forEach((id) => setImporting(db, id, false))),
    sources: async ({ collectionId }) => {
      collectionOf(collectionId);
      return listSources(db, collectionId);
    },
    sourceNames: async ({ sourceIds }) => sourceNames(db, sourceIds),
    readSource: async ({ sourceId }) => ({
      source: sourceOf(sourceId),
      text: readSourceText(db, sourceId),
    }),
    tagSource: async ({ sourceId, tags }) =>
      db.transaction(() => {
        sourceOf(sourceId);
        const words = tags.map((tag) => tag.toWellFormed().trim()).filter((tag) => tag !== "");
        setTags(db, sourceId, [...new Set(words)]);
        return sourceOf(sourceId);
      }),
    filterPassages: async ({ collectionId, filter }) => {
      collectionOf(collectionId);
      return filterPassages(db, collectionId, filter);
    },
    passageTimes: async ({ collectionId }) => {
      collectionOf(collectionId);
      return passageTimes(db, collectionId);
    },
    recutSource: async ({ sourceId, total }) =>
      db.transaction(() => {
        if (sourceOf(sourceId).done > 0)
          throw new SextantError(
            "storage/conflict",
            "Passages of this source are stored already: remove it and add it again.",
            { sourceId },
          );
        setTotal(db, sourceId, total);
      }),
    pending: async () => listUnfinished(db),

    appendPassages: async (batch) => appendPassages(db, batch),
    readPassages: async ({ ids }) => readPassages(db, ids),
    continuations: async ({ ids }) => readContinuations(db, ids),
    listPassages: async ({ collectionId, sourceId, offset, limit }) => {
      const collection = collectionOf(collectionId);
      const total = sourceId === undefined ? collection.passages : sourceOf(sourceId).done;
      return { total, passages: listPassages(db, collectionId, sourceId, offset, limit) };
    },

    openIndex: async ({ collectionId, task, modelKey, dim }) =>
      db.transaction(() => {
        collectionOf(collectionId);
        const index =
          findIndexOf(db, collectionId, task, modelKey) ??
          indexOf(insertIndex(db, collectionId, task, modelKey, dim));
        if (index.dim !== dim)
          throw new SextantError(
            "vectors/shape",
            `The stored vectors of this model have ${index.dim} dimensions, not ${dim}: load the model that ` +
              "made them, or give this one a key of its own.",
            { indexId: index.id, stored: index.dim, asked: dim },
          );
        return index;
      }),
    indexes: async ({ collectionId }) => {
      collectionOf(collectionId);
      return listIndexes(db, collectionId);
    },
    missingPassages: async ({ indexId, limit }) => missingPassages(db, indexOf(indexId), limit),
    fillIndex: async ({ passageIds, segment, madeOf }) =>
      fillIndex(db, indexOf(segment.indexId), passageIds, segment.vectors, madeOf),
    readSegments: async ({ indexId, afterId, limit }) => readSegments(db, indexOf(indexId), afterId, limit),
    knownVectors: async ({ indexId, passages }) => knownVectors(db, indexOf(indexId), passages),
    readVectors: async ({ indexId, passageIds }) => readVectors(db, indexOf(indexId), passageIds),

    keywords: async ({ collectionIds, query, limit, filter }) => {
      const ids = [...new Set(collectionIds)];
      ids.forEach(collectionOf);
      const terms = toKeywordTerms(query);
      return searchKeywords(db, ids, { terms, phrases: toKeywordPhrases(query) }, limit, filter);
    },
    tellingWords: async ({ collectionId, query }) => {
      collectionOf(collectionId);
      return tellingWords(db, collectionId, toKeywordTerms(query));
    },
    readAdapter: async ({ collectionId, task, modelKey }) => readAdapter(db, collectionId, task, modelKey),
    writeAdapter: async ({ collectionId, task, modelKey, ...adapter }) =>
      db.transaction(() => {
        collectionOf(collectionId);
        writeAdapter(db, collectionId, task, modelKey, adapter);
      }),
    marks: async ({ collectionId, task, query }) => listMarks(db, collectionId, task, query),
    writeMark: async ({ task, ...mark }) => {
      if (readPassages(db, [mark.passageId]).length === 0) throw notFound("passage", mark.passageId);
      writeMark(db, task, mark);
    },
    rewards: async ({ collectionId, task }) => listRewards(db, collectionId, task),
    writeRewards: async ({ collectionId, task, ...rewarded }) => {
      const ids = [...new Set(rewarded.rewards.map(({ passageId }) => passageId))];
      const known = new Set(readPassages(db, ids).map(({ id }) => id));
      const gone = ids.find((id) => !known.has(id));
      if (gone !== undefined) throw notFound("passage", gone);
      db.transaction(() => writeRewards(db, collectionId, task, rewarded, Date.now()));
    },
    deleteRewards: async ({ collectionId, task }) => deleteRewards(db, collectionId, task),
    saveAnswer: async ({ record, savedAt }) => db.transaction(() => insertAnswer(db, record, savedAt)),
    savedAnswers: async () => listAnswers(db),
    deleteAnswer: async ({ answerId }) => deleteAnswer(db, answerId),
    readSetting: async ({ name }) => ({ value: readSetting(db, name) }),
    writeSetting: async ({ name, value }) => writeSetting(db, name, value),
  };
}
