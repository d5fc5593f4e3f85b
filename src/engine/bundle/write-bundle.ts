import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import {
  KIND_OF_TASK,
  TASK_IDS,
  type Collection,
  type Storage,
  type VectorIndex,
} from "../../contract/index.ts";
import { readLearned, readMarks, readRewards } from "./learned.ts";
import {
  MANIFEST_PATH,
  type BundleCollection,
  type BundleFile,
  type BundleIndex,
  type BundleManifest,
} from "./manifest.ts";
import { readChoices } from "./rest.ts";
import type { BundledPassage, BundledSegment, BundledSource } from "./records.ts";

const PASSAGES_A_READ = 500;
const SEGMENTS_A_READ = 16;

/** Where the bytes of a bundle go, in order. */
export type TakeBytes = (bytes: Uint8Array) => void | Promise<void>;

export interface WriteOptions {
  readonly createdAt: string;
  readonly signal: AbortSignal;
  readonly onPassages?: (done: number) => void;
  /** Everything is written: with the answers that were kept, what was chosen, and these choices of the page. */
  readonly everything?: { readonly preferences: Readonly<Record<string, string>> };
}

/**
 * Writes collections as one zip file, as docs/formats/bundle.md says.
 *
 * Unfinished sources are written as far as they are indexed; importing finishes them from their text.
 * Cost: memory of one page of passages and of segments, whatever the size.
 */
export async function writeBundle(
  storage: Storage,
  collections: readonly Collection[],
  take: TakeBytes,
  options: WriteOptions,
): Promise<BundleManifest> {
  const { ZipWriter } = await import("@zip.js/zip.js/lib/zip-core-native.js");
  const zip = new ZipWriter(new WritableStream<Uint8Array>({ write: take }), {
    useWebWorkers: false,
    lastModDate: new Date(options.createdAt),
  });

  const write = async (
    path: string,
    pieces: AsyncIterable<Uint8Array>,
    level: number,
  ): Promise<BundleFile> => {
    const hash = sha256.create();
    let sizeBytes = 0;
    const told = (async function* () {
      for await (const piece of pieces) {
        options.signal.throwIfAborted();
        hash.update(piece);
        sizeBytes += piece.length;
        yield piece;
      }
    })();
    await zip.add(path, streamOf(told), { level });
    return { path, sizeBytes, sha256: bytesToHex(hash.digest()) };
  };
  const writeText = (path: string, lines: AsyncIterable<string>) => write(path, encoded(lines), TEXT_LEVEL);

  const writeIndex = async (index: VectorIndex, folder: string): Promise<BundleIndex> => {
    const { task, modelKey, dim } = index;
    const path = `${folder}/${index.id}`;
    const rows: string[] = [];
    const vectors = await write(`${path}.f16`, vectorsOf(storage, index.id, rows), STORED);
    const written = { task, modelKey, dim, rows: await writeText(`${path}.jsonl`, each(rows)), vectors };
    const learned = await readLearned(storage, index);
    if (!learned) return written;
    const report = await writeText(`${path}.learned.json`, each([learned.report]));
    const adapter = await write(`${path}.adapter`, each([learned.bytes]), STORED);
    return { ...written, learned: { report, adapter } };
  };

  const written: BundleCollection[] = [];
  for (const [place, { id, name, kind }] of collections.entries()) {
    const folder = `${place + 1}`;
    const sources = await storage.sources({ collectionId: id });
    const texts: BundleFile[] = [];
    const lines: string[] = [];
    for (const source of sources) {
      const { id: sourceId } = source;
      const { notices } = await storage.sourceFacts({ sourceId });
      lines.push(line(toBundled({ ...source, notices })));
      const { text } = await storage.readSource({ sourceId });
      texts.push(await writeText(`${folder}/texts/${sourceId}.txt`, each([text])));
    }
    const marks: string[] = [];
    const rewards: string[] = [];
    for (const task of TASK_IDS) {
      if (KIND_OF_TASK[task] !== kind) continue;
      for (const mark of await readMarks(storage, id, task)) marks.push(line(mark));
      for (const reward of await readRewards(storage, id, task)) rewards.push(line(reward));
    }
    const indexes: BundleIndex[] = [];
    for (const index of await storage.indexes({ collectionId: id }))
      if (index.present > 0) indexes.push(await writeIndex(index, `${folder}/vectors`));
    written.push({
      name,
      kind,
      sources: await writeText(`${folder}/sources.jsonl`, each(lines)),
      passages: await writeText(`${folder}/passages.jsonl`, passagesOf(storage, id, options.onPassages)),
      texts,
      indexes,
      ...(rewards.length > 0 && { rewards: await writeText(`${folder}/rewards.jsonl`, each(rewards)) }),
      ...(marks.length > 0 && { marks: await writeText(`${folder}/marks.jsonl`, each(marks)) }),
    });
  }
  const writeRest = async (preferences: Readonly<Record<string, string>>) => {
    const answers = await storage.savedAnswers({});
    const choices = await readChoices(storage, collections, preferences);
    return {
      // The oldest first, as they will be kept again.
      answers: await writeText(
        "answers.jsonl",
        each(answers.toReversed().map(({ savedAt, record }) => line({ savedAt, record }))),
      ),
      choices: await writeText("choices.json", each([JSON.stringify(choices)])),
    };
  };
  const manifest: BundleManifest = {
    format: 1,
    createdAt: options.createdAt,
    collections: written,
    ...(options.everything && { rest: await writeRest(options.everything.preferences) }),
  };
  await writeText(MANIFEST_PATH, each([JSON.stringify(manifest, null, 1)]));
  await zip.close();
  return manifest;
}

/** zlib's default; vectors in half precision hardly get smaller. */
const TEXT_LEVEL = 6;
const STORED = 0;

function toBundled(source: BundledSource): BundledSource {
  const { id, name, format, digest, total, tags, dateMs, notices } = source;
  return { id, name, format, digest, total, tags, dateMs, notices };
}

async function* passagesOf(
  storage: Storage,
  collectionId: number,
  onPassages: (done: number) => void = () => undefined,
): AsyncGenerator<string> {
  for (let offset = 0; ; offset += PASSAGES_A_READ) {
    const { passages } = await storage.listPassages({ collectionId, offset, limit: PASSAGES_A_READ });
    for (const { sourceId, title, text, startUtf16, endUtf16, record } of passages)
      yield line({ sourceId, title, text, startUtf16, endUtf16, record } satisfies BundledPassage);
    onPassages(offset + passages.length);
    if (passages.length < PASSAGES_A_READ) return;
  }
}

/** The vectors of an index, segment by segment; `rows` is filled on the way. */
async function* vectorsOf(storage: Storage, indexId: number, rows: string[]): AsyncGenerator<Uint8Array> {
  let afterId = 0;
  for (;;) {
    const segments = await storage.readSegments({ indexId, afterId, limit: SEGMENTS_A_READ });
    for (const { id, sourceIds, ordinals, vectors } of segments) {
      afterId = id;
      const [sourceId] = sourceIds;
      if (sourceId === undefined) continue;
      rows.push(line({ sourceId, ordinals: [...ordinals] } satisfies BundledSegment));
      yield new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
    }
    if (segments.length < SEGMENTS_A_READ) return;
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

async function* each<T>(lines: Iterable<T>): AsyncGenerator<T> {
  yield* lines;
}

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const one of lines) yield encoder.encode(one);
}

function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void pieces.return(undefined),
  });
}
