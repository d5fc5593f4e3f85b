import { direct } from "../../boundary/index.ts";
import { toHalf } from "../../base/half.ts";
import { corpusReaderContract, TEST_MAKE } from "../../contract/corpus-store.contract.ts";
import type { CorpusRow, StorageCalls } from "../../contract/index.ts";
import { openStorage } from "../../storage/index.ts";
import { createCorpora } from "../corpora.ts";
import { itemId } from "../remote/item-id.ts";
import { openLocalCorpus } from "./local-corpus-reader.ts";

corpusReaderContract("a local collection", async (given) => {
  const opened = await openStorage({ where: { kind: "memory" } });
  const storage = direct<StorageCalls>(opened.handlers, opened.close);
  const { kind, task, modelKey, dim, name } = TEST_MAKE;
  const { id: collectionId } = await storage.createCollection({ name, kind });
  const { id: indexId } = await storage.openIndex({ collectionId, task, modelKey, dim });
  const rows: CorpusRow[] = given.map(({ item, vector }) => ({
    vector,
    item: { ...item, id: itemId(item.source.digest, item.ordinal, item.passage) },
  }));
  for (const digest of new Set(rows.map(({ item }) => item.source.digest))) {
    const own = rows.filter(({ item }) => item.source.digest === digest);
    const source = own[0]!.item.source;
    const added = await storage.addSource({ collectionId, ...source, text: "as it was" });
    const sourceId = added.source.id;
    await storage.tagSource({ sourceId, tags: source.tags });
    const vectors = toHalf(Float32Array.from(own.flatMap(({ vector }) => [...vector])));
    await storage.appendPassages({
      sourceId,
      firstOrdinal: 0,
      passages: own.map(({ item }) => item.passage),
      segments: [{ indexId, vectors }],
    });
  }
  const corpora = createCorpora(storage);
  const reader = await openLocalCorpus({ storage, corpora, collectionId, make: TEST_MAKE });
  return {
    reader,
    rows,
    async close() {
      corpora.close();
      await storage.close();
    },
  };
});
