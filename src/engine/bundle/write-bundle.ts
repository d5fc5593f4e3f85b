import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Collection, Storage } from "../../contract/index.ts";
import { MANIFEST_PATH, type BundleCollection, type BundleFile, type BundleManifest } from "./manifest.ts";
import { readChoices } from "./rest.ts";
import { each, line, writeCollection } from "./write-collection.ts";

/** Where the bytes of a bundle go, in order. */
export type TakeBytes = (bytes: Uint8Array) => void | Promise<void>;

export interface WriteOptions {
  readonly createdAt: string;
  readonly signal: AbortSignal;
  /** Of all collections; fewer than before when one is written anew. */
  readonly onPassages?: (done: number) => void;
  /** Everything is written: with the answers that were kept, what was chosen, and these choices of the page. */
  readonly everything?: { readonly preferences: Readonly<Record<string, string>> };
}

/**
 * Writes collections as one zip file, as docs/formats/bundle.md says; the manifest, and how many passages it has.
 *
 * Unfinished sources are written as far as they are indexed; importing finishes them from their text.
 * Throws: `storage/conflict` when a collection is changed each time that it is read.
 * Cost: memory of one page of passages and of segments, whatever the size.
 */
export async function writeBundle(
  storage: Storage,
  collections: readonly Collection[],
  take: TakeBytes,
  options: WriteOptions,
): Promise<{ readonly manifest: BundleManifest; readonly passages: number }> {
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
  const files = {
    text: (path: string, lines: AsyncIterable<string>) => write(path, encoded(lines), TEXT_LEVEL),
    bytes: (path: string, pieces: AsyncIterable<Uint8Array>) => write(path, pieces, STORED),
  };

  const written: BundleCollection[] = [];
  let passages = 0;
  for (const [place, collection] of collections.entries()) {
    const onPassages = (done: number) => options.onPassages?.(passages + done);
    const one = await writeCollection(storage, collection, `${place + 1}`, files, onPassages);
    written.push(one.collection);
    passages += one.passages;
  }
  const writeRest = async (preferences: Readonly<Record<string, string>>) => {
    const answers = await storage.savedAnswers({});
    const choices = await readChoices(storage, collections, preferences);
    return {
      // The oldest first, as they will be kept again.
      answers: await files.text(
        "answers.jsonl",
        each(answers.toReversed().map(({ savedAt, record }) => line({ savedAt, record }))),
      ),
      choices: await files.text("choices.json", each([JSON.stringify(choices)])),
    };
  };
  const manifest: BundleManifest = {
    format: 1,
    createdAt: options.createdAt,
    collections: written,
    ...(options.everything && { rest: await writeRest(options.everything.preferences) }),
  };
  await files.text(MANIFEST_PATH, each([JSON.stringify(manifest, null, 1)]));
  await zip.close();
  return { manifest, passages };
}

/** zlib's default; vectors in half precision hardly get smaller. */
const TEXT_LEVEL = 6;
const STORED = 0;

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
