import {
  isSextantError,
  KIND_OF_TASK,
  SextantError,
  TASK_IDS,
  type Collection,
  type Segment,
  type Source,
  type Storage,
  type VectorIndex,
} from "../../contract/index.ts";
import { readLearned, readMarks, readRewards } from "./learned.ts";
import type { BundleCollection, BundleFile, BundleIndex } from "./manifest.ts";
import type { BundledPassage, BundledSegment, BundledSource } from "./records.ts";

const PASSAGES_A_READ = 500;
const SEGMENTS_A_READ = 16;

/** Nobody removes and edits so quickly that a collection is changed each time that it is read. */
const MOST_ATTEMPTS = 4;

/** Puts files into a bundle. */
export interface BundleFiles {
  readonly text: (path: string, lines: AsyncIterable<string>) => Promise<BundleFile>;
  readonly bytes: (path: string, pieces: AsyncIterable<Uint8Array>) => Promise<BundleFile>;
}

interface Written {
  readonly collection: BundleCollection;
  readonly passages: number;
}

/**
 * Writes one state of a collection: what is added meanwhile stays out, and when something is removed or edited all of it is
 * written once more, into another folder that the manifest names instead.
 *
 * Throws: `storage/conflict` when it never stays the same for so long; `storage/not-found` when it is gone.
 */
export async function writeCollection(
  storage: Storage,
  collection: Collection,
  folder: string,
  files: BundleFiles,
  onPassages: (done: number) => void,
): Promise<Written> {
  const { id: collectionId, name } = collection;
  const changeCount = () => storage.changeCount({ collectionId });
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const before = await changeCount();
    const at = attempt === 1 ? folder : `${folder}-${attempt}`;
    let fault: unknown;
    const written = await writeState(storage, collection, at, files, {
      onPassages,
      onGone: (error) => (fault ??= error),
    });
    if ((await changeCount()) !== before) continue;
    if (fault !== undefined) throw fault;
    return written;
  }
  throw new SextantError(
    "storage/conflict",
    `“${name}” was changed each time that it was read, so no backup was made: wait until nothing is removed or edited there, and export again.`,
    { collectionId },
  );
}

interface StateOptions {
  readonly onPassages: (done: number) => void;
  /** Something that was there at first is gone: what is written is not whole. */
  readonly onGone: (error: unknown) => void;
}

async function writeState(
  storage: Storage,
  { id: collectionId, name, kind }: Collection,
  folder: string,
  files: BundleFiles,
  { onPassages, onGone }: StateOptions,
): Promise<Written> {
  const sources = await storage.sources({ collectionId });
  const doneById = new Map(sources.map(({ id, done }) => [id, done]));
  const isWritten = ({ sourceId, ordinal }: Place): boolean => ordinal < (doneById.get(sourceId) ?? 0);
  // An error within a file would leave the whole zip file unreadable: it ends there, and the error is told.
  const untilGone = <T>(pieces: AsyncGenerator<T>) => ending(pieces, onGone);

  const texts: BundleFile[] = [];
  const lines: string[] = [];
  for (const source of sources) {
    const { id: sourceId } = source;
    const read = await Promise.all([
      storage.sourceFacts({ sourceId }),
      storage.readSource({ sourceId }),
    ]).catch(goneOnly(onGone));
    if (!read) continue;
    const [{ notices }, { text }] = read;
    lines.push(line(toBundled({ ...source, notices })));
    texts.push(await files.text(`${folder}/texts/${sourceId}.txt`, each([text])));
  }
  const marks: string[] = [];
  const rewards: string[] = [];
  for (const task of TASK_IDS) {
    if (KIND_OF_TASK[task] !== kind) continue;
    for (const mark of await readMarks(storage, collectionId, task))
      if (isWritten(mark)) marks.push(line(mark));
    for (const reward of await readRewards(storage, collectionId, task))
      if (isWritten(reward)) rewards.push(line(reward));
  }

  const writeIndex = async (index: VectorIndex): Promise<BundleIndex> => {
    const { task, modelKey, dim } = index;
    const path = `${folder}/vectors/${index.id}`;
    const rows: string[] = [];
    const segments = vectorsOf(storage, index, rows, isWritten);
    const vectors = await files.bytes(`${path}.f16`, untilGone(segments));
    const written = { task, modelKey, dim, rows: await files.text(`${path}.jsonl`, each(rows)), vectors };
    const learned = await readLearned(storage, index);
    if (!learned) return written;
    const report = await files.text(`${path}.learned.json`, each([learned.report]));
    const adapter = await files.bytes(`${path}.adapter`, each([learned.bytes]));
    return { ...written, learned: { report, adapter } };
  };
  const indexes: BundleIndex[] = [];
  for (const index of (await storage.indexes({ collectionId }).catch(goneOnly(onGone))) ?? [])
    if (index.present > 0) indexes.push(await writeIndex(index));

  let passages = 0;
  const passageLines = passagesOf(storage, sources, (done) => onPassages((passages = done)));
  const collection = {
    name,
    kind,
    sources: await files.text(`${folder}/sources.jsonl`, each(lines)),
    passages: await files.text(`${folder}/passages.jsonl`, untilGone(passageLines)),
    texts,
    indexes,
    ...(rewards.length > 0 && { rewards: await files.text(`${folder}/rewards.jsonl`, each(rewards)) }),
    ...(marks.length > 0 && { marks: await files.text(`${folder}/marks.jsonl`, each(marks)) }),
  };
  return { collection, passages };
}

interface Place {
  readonly sourceId: number;
  readonly ordinal: number;
}

function toBundled(source: BundledSource): BundledSource {
  const { id, name, format, digest, total, tags, dateMs, notices } = source;
  return { id, name, format, digest, total, tags, dateMs, notices };
}

/** The passages that sources had when they were listed. */
async function* passagesOf(
  storage: Storage,
  sources: readonly Source[],
  onPassages: (done: number) => void,
): AsyncGenerator<string> {
  let written = 0;
  for (const { id: sourceId, collectionId, done } of sources)
    for (let offset = 0; offset < done; offset += PASSAGES_A_READ) {
      const limit = Math.min(PASSAGES_A_READ, done - offset);
      const { passages } = await storage.listPassages({ collectionId, sourceId, offset, limit });
      for (const { id: passageId, isEdited, title, text, startUtf16, endUtf16, record } of passages) {
        const original = isEdited ? await storage.originalOf({ passageId }) : null;
        const written = { sourceId, title, text, startUtf16, endUtf16, record };
        yield line({ ...written, ...(original && { original }) } satisfies BundledPassage);
      }
      onPassages((written += passages.length));
    }
}

/** The vectors of an index, segment by segment, of those passages that are written; `rows` is filled on the way. */
async function* vectorsOf(
  storage: Storage,
  { id: indexId, dim }: VectorIndex,
  rows: string[],
  isWritten: (place: Place) => boolean,
): AsyncGenerator<Uint8Array> {
  for (let afterId = 0; ;) {
    const segments = await storage.readSegments({ indexId, afterId, limit: SEGMENTS_A_READ });
    for (const segment of segments) {
      afterId = segment.id;
      const [sourceId] = segment.sourceIds;
      if (sourceId === undefined) continue;
      const { ordinals, vectors } = onlyRows(segment, dim, (ordinal) => isWritten({ sourceId, ordinal }));
      if (ordinals.length === 0) continue;
      rows.push(line({ sourceId, ordinals: [...ordinals] } satisfies BundledSegment));
      yield new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
    }
    if (segments.length < SEGMENTS_A_READ) return;
  }
}

function onlyRows(
  { ordinals, vectors }: Segment,
  dim: number,
  isWanted: (ordinal: number) => boolean,
): Pick<Segment, "ordinals" | "vectors"> {
  if (ordinals.every(isWanted)) return { ordinals, vectors };
  const wanted = [...ordinals.keys()].filter((row) => isWanted(ordinals[row] ?? -1));
  const kept = new Uint16Array(wanted.length * dim);
  wanted.forEach((row, at) => kept.set(vectors.subarray(row * dim, (row + 1) * dim), at * dim));
  return { ordinals: Int32Array.from(wanted, (row) => ordinals[row] ?? -1), vectors: kept };
}

/** For what is gone nothing, and word of it. */
function goneOnly(onGone: (error: unknown) => void) {
  return (error: unknown): undefined => {
    if (!isSextantError(error, "storage/not-found")) throw error;
    onGone(error);
  };
}

async function* ending<T>(pieces: AsyncGenerator<T>, onGone: (error: unknown) => void): AsyncGenerator<T> {
  try {
    yield* pieces;
  } catch (error) {
    goneOnly(onGone)(error);
  }
}

export function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

export async function* each<T>(lines: Iterable<T>): AsyncGenerator<T> {
  yield* lines;
}
