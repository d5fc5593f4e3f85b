import { sha256 } from "../../base/hash.ts";
import {
  type ImportProgress,
  type ImportReport,
  type RefusedVectors,
  type Storage,
} from "../../contract/index.ts";
import { importPassages } from "./import-passages.ts";
import { fillFromBundle, type Placed, type PlacedSource, type VectorCheck } from "./import-vectors.ts";
import { parseMark, parseReward, writeLearned, writeMarks, writeRewards } from "./learned.ts";
import { broken } from "./manifest.ts";
import type { Bundle } from "./open-bundle.ts";
import { parseAnswer, parseChoices, writeAnswers, writeChoices, type BundledAnswer } from "./rest.ts";
import { parsed } from "./records.ts";

export interface ImportOptions {
  readonly check: VectorCheck;
  readonly signal: AbortSignal;
  readonly emit: (progress: ImportProgress) => void;
}

/**
 * Adds the collections of a bundle beside what is there. Nothing that is stored changes; when it is stopped or fails,
 * importing the same bundle again goes on where it was.
 *
 * Throws: `ingest/unreadable` for a damaged bundle, as far as it was read; `storage/full`; the signal's reason.
 */
export async function importBundle(
  storage: Storage,
  bundle: Bundle,
  options: ImportOptions,
): Promise<ImportReport> {
  const refused: RefusedVectors[] = [];
  const collectionIds: number[] = [];
  let passages = 0;
  let vectors = 0;
  const everyPlaced = new Map<number, PlacedSource>();
  for (const [place, collection] of bundle.manifest.collections.entries()) {
    const collectionId = await targetOf(storage, bundle, place);
    collectionIds.push(collectionId);
    const placed = await importPassages(storage, bundle, collection, collectionId, {
      ...options,
      emit: ({ donePassages, ...rest }) => options.emit({ donePassages: passages + donePassages, ...rest }),
    });
    for (const [sourceId, one] of placed) {
      passages += one.passageIds.filter((id) => id !== undefined).length;
      everyPlaced.set(sourceId, one);
    }
    if (collection.marks) {
      const marks = [];
      for await (const one of bundle.lines(collection.marks)) marks.push(parsed(one, parseMark));
      await writeMarks(storage, collectionId, marks, placed);
    }
    if (collection.rewards) {
      const rewards = [];
      for await (const one of bundle.lines(collection.rewards)) rewards.push(parsed(one, parseReward));
      await writeRewards(storage, collectionId, rewards, placed);
    }
    for (const index of collection.indexes) {
      const filled = await fillFromBundle(storage, bundle, index, { collectionId, placed, ...options });
      if (typeof filled === "number") {
        vectors += filled;
        const { task, modelKey, learned } = index;
        if (learned) {
          const report = await bundle.text(learned.report);
          const bytes = await bytesOf(bundle.bytes(learned.adapter), learned.adapter.sizeBytes);
          await writeLearned(storage, { collectionId, task, modelKey }, { report, bytes });
        }
      } else refused.push({ collectionId, task: index.task, modelKey: index.modelKey, why: filled.why });
    }
  }
  const preferences = await importRest(storage, bundle, { collectionIds, placed: everyPlaced });
  const stored = await storage.collections({});
  const collections = stored.filter(({ id }) => collectionIds.includes(id));
  return { collections, passages, vectors, refused, preferences };
}

/** Answers and choices, where the bundle has any: after the collections that they speak of. The page's choices come back. */
async function importRest(
  storage: Storage,
  bundle: Bundle,
  { collectionIds, placed }: { readonly collectionIds: readonly number[]; readonly placed: Placed },
): Promise<Readonly<Record<string, string>>> {
  const { rest } = bundle.manifest;
  if (!rest) return {};
  const answers: BundledAnswer[] = [];
  for await (const one of bundle.lines(rest.answers)) answers.push(parsed(one, parseAnswer));
  const choices = parsed(await bundle.text(rest.choices), parseChoices);
  await writeAnswers(storage, answers, placed);
  await writeChoices(storage, choices, collectionIds);
  return choices.preferences;
}

/** Adapters are at most some dozens of megabytes; a file that says more is not read. */
const MOST_ADAPTER_BYTES = 256 * 2 ** 20;

async function bytesOf(
  pieces: AsyncGenerator<Uint8Array>,
  sizeBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (sizeBytes > MOST_ADAPTER_BYTES) throw broken("what it learned is larger than it can be");
  const bytes = new Uint8Array(sizeBytes);
  let done = 0;
  for await (const piece of pieces) {
    bytes.set(piece.subarray(0, sizeBytes - done), done);
    done += piece.length;
  }
  return bytes;
}

/** Names a bundle by its content. */
export async function bundleId(manifest: Bundle["manifest"]): Promise<string> {
  return (await sha256(JSON.stringify(manifest))).slice(0, 16);
}

/** Where it is kept which collection here is the one at a place in a bundle. */
export function targetSetting(bundle: string, place: number): string {
  return `import:${bundle}:${place}`;
}

/** The collection that an import which was cut off began, or a new one under a name that is free. */
async function targetOf(storage: Storage, { manifest }: Bundle, place: number): Promise<number> {
  const setting = targetSetting(await bundleId(manifest), place);
  const { value } = await storage.readSetting({ name: setting });
  const stored = await storage.collections({});
  const begun = stored.find(({ id }) => `${id}` === value);
  if (begun) return begun.id;
  const { name, kind } = manifest.collections[place] ?? { name: "", kind: "document" };
  const taken = new Set(stored.map((collection) => collection.name));
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
  const { id } = await storage.createCollection({ name: free, kind });
  await storage.writeSetting({ name: setting, value: `${id}` });
  return id;
}
