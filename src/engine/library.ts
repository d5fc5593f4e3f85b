import { toHalf } from "../base/half.ts";
import {
  EDITABLE_KINDS,
  SextantError,
  type EngineCalls,
  type Handlers,
  type Passage,
  type PassageDraft,
  type Removal,
  type SegmentVectors,
  type Storage,
} from "../contract/index.ts";
import { editRecord } from "../ingest/index.ts";
import { instructionOf, keyTextOf } from "../tasks/index.ts";
import type { Adapting } from "./adaptation/adapting.ts";
import type { Corpora } from "./corpora.ts";
import type { EncoderHost } from "./encoder-host.ts";
import type { FreshDrafts } from "./fresh-drafts.ts";
import { gapsOf } from "./gaps.ts";
import type { Keeping } from "./keeping.ts";
import { limitFor } from "./limit.ts";
import { vectorKey } from "./vector-key.ts";

export interface LibraryParts {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly corpora: Pick<Corpora, "forgetCollection" | "forgetSource">;
  readonly adapting: Pick<Adapting, "forgetCollection">;
  readonly fresh: Pick<FreshDrafts, "delete">;
  readonly keeping: Keeping;
  /** Throws: `engine/invalid-input` where it lives on a server. */
  readonly requireHere: (collectionId: number) => Promise<void>;
}

type LibraryCalls =
  | "renameCollection"
  | "collectionFacts"
  | "deleteCollection"
  | "renameSource"
  | "sourceFacts"
  | "removeSources"
  | "removePassage"
  | "removals"
  | "restore"
  | "freeRemovals"
  | "editPassage"
  | "revertPassage";

/** The engine's calls that look after what is stored. */
export function libraryHandlers(parts: LibraryParts): Pick<Handlers<EngineCalls>, LibraryCalls> {
  const { storage, corpora, adapting, fresh, keeping } = parts;

  async function removals(): Promise<readonly Removal[]> {
    const now = Date.now();
    return (await storage.removals({})).filter(({ keptUntilMs }) => keptUntilMs > now);
  }

  return {
    renameCollection: ({ collectionId, name }) =>
      storage.renameCollection({ collectionId, name: nameFrom(name) }),
    collectionFacts: (input) => storage.collectionFacts(input),
    async deleteCollection({ collectionId }) {
      const removal = await storage.removeCollection({ collectionId, keptUntilMs: keeping.untilMs() });
      corpora.forgetCollection(collectionId);
      adapting.forgetCollection(collectionId);
      await keeping.tend();
      return removal;
    },
    renameSource: ({ sourceId, name }) => storage.renameSource({ sourceId, name: nameFrom(name) }),
    async sourceFacts({ sourceId }) {
      const [{ text }, { notices, spans }] = await Promise.all([
        storage.readSource({ sourceId }),
        storage.sourceFacts({ sourceId }),
      ]);
      return { sourceId, notices, ...gapsOf(text, spans) };
    },
    async removeSources({ sourceIds }) {
      const removal = await storage.removeSources({ sourceIds, keptUntilMs: keeping.untilMs() });
      for (const sourceId of sourceIds) {
        fresh.delete(sourceId);
        await corpora.forgetSource(sourceId);
      }
      await keeping.tend();
      return removal;
    },
    async removePassage({ passageId }) {
      const { sourceId, record, collectionId } = await passageOf(storage, passageId);
      await parts.requireHere(collectionId);
      if (!EDITABLE_KINDS.some((kind) => kind === record.kind))
        throw new SextantError(
          "engine/invalid-input",
          "This passage is a part of its source's text: remove the source instead.",
          { passageId, kind: record.kind },
        );
      const removal = await storage.removePassage({ passageId, keptUntilMs: keeping.untilMs() });
      fresh.delete(sourceId);
      await corpora.forgetSource(sourceId);
      await keeping.tend();
      return removal;
    },
    removals,
    async restore({ removalId }) {
      const { sourceIds, replacedIds, ...removal } = await storage.restore({ removalId });
      for (const sourceId of replacedIds) {
        fresh.delete(sourceId);
        await corpora.forgetSource(sourceId);
      }
      return { ...removal, sources: sourceIds.length };
    },
    async freeRemovals({ removalIds }) {
      const all = removalIds ?? (await storage.removals({})).map(({ id }) => id);
      await storage.freeRemovals({ removalIds: all });
    },
    async editPassage({ passageId, edit }) {
      const passage = await passageOf(storage, passageId);
      const words = editRecord(passage.record, edit);
      return store(parts, passage, words);
    },
    async revertPassage({ passageId }) {
      const passage = await passageOf(storage, passageId);
      const original = await storage.originalOf({ passageId });
      return original ? store(parts, passage, null, original) : passage;
    },
  };
}

type Words = Pick<PassageDraft, "text" | "record">;

/** Embeds the words for every index of the open model, then stores both at once. */
async function store(
  { storage, host, corpora }: LibraryParts,
  passage: Passage,
  words: Words | null,
  now: Words = words ?? passage,
): Promise<Passage> {
  const { collectionId, id: passageId } = passage;
  const { info } = (await host.current()).encoder;
  const indexes = await storage.indexes({ collectionId });
  const segments: SegmentVectors[] = [];
  for (const { id: indexId, task, modelKey } of indexes) {
    const policy = (["use", "paper"] as const).find((one) => vectorKey(info, one) === modelKey);
    if (policy === undefined) continue;
    const text = instructionOf(info.prefixes, task, "key") + keyTextOf(task, { ...passage, ...now });
    const options = { limitTokens: limitFor(info, policy, "key"), urgency: "now" } as const;
    const { vectors, key } = await host.encode([text], options);
    if (key !== info.key)
      throw new SextantError("storage/conflict", "Another model was opened meanwhile: save it once more.");
    segments.push({ indexId, vectors: toHalf(vectors) });
  }
  const edited = await storage.editPassage({ passageId, words, segments });
  // What is in memory of another model still has the old words' vector.
  if (segments.length < indexes.length) corpora.forgetCollection(collectionId);
  return edited;
}

async function passageOf(storage: Storage, passageId: number): Promise<Passage> {
  const [passage] = await storage.readPassages({ ids: [passageId] });
  if (passage) return passage;
  throw new SextantError("storage/not-found", "This passage is gone: read the list again.", { passageId });
}

function nameFrom(name: string): string {
  const trimmed = name.trim();
  if (trimmed === "") throw new SextantError("engine/invalid-input", "A name cannot be empty: write one.");
  return trimmed;
}
