import type { ByteSink } from "../../base/byte-source.ts";
import { SextantError } from "../../contract/index.ts";
import type { WritableFolder } from "../folder.ts";
import { createDigest, piecesOf } from "./digest.ts";
import { readRecord, removeDownload, writeRecord, type Downloaded } from "./download-record.ts";

/** What a file must be, as far as anyone says. */
export interface Expected {
  readonly sizeBytes: number | null;
  /** SHA-256, hex. */
  readonly sha256: string | null;
}

/** A file that is still growing, hashed as it grows. */
export interface Part {
  readonly sizeBytes: number;
  readonly etag: string | null;
  /** null while nobody has said. */
  readonly totalBytes: number | null;
  /** Drops what has arrived and begins another file. */
  begin(etag: string | null, totalBytes: number | null): Promise<void>;
  /** Throws: `model/corrupt` when it grows past its total, `storage/full`. */
  take(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
  /** Compares it with what is expected and marks it whole. Throws: `model/corrupt`, and the part is gone. */
  finish(): Promise<Downloaded>;
}

interface PartPlace {
  readonly url: string;
  readonly target: WritableFolder;
  readonly path: string;
  readonly expected: Expected;
  readonly signal?: AbortSignal | undefined;
}

/** Goes on where an earlier download of the same file was cut off, or begins it. */
export async function openPart({ url, target, path, expected, signal }: PartPlace): Promise<Part> {
  const record = await readRecord(target, path);
  const same =
    record !== null &&
    record.whole === null &&
    record.expectedSha256 === expected.sha256 &&
    (expected.sha256 !== null || record.url === url);
  const limit = expected.sizeBytes ?? (same ? record.totalBytes : null);

  let etag = same && record.url === url ? record.etag : null;
  let totalBytes = limit;
  let digest = createDigest();

  const remember = () =>
    writeRecord(target, path, { url, etag, totalBytes, expectedSha256: expected.sha256, whole: null });
  const startAnew = async (): Promise<ByteSink> => {
    digest = createDigest();
    const begun = await target.create(path);
    try {
      await remember();
      return begun;
    } catch (error) {
      await begun.close();
      throw error;
    }
  };
  /** The part is read before it is opened for writing: not every browser does both at once. */
  const goOn = async (): Promise<ByteSink> => {
    const arrived = (await target.list()).find((file) => file.path === path)?.sizeBytes ?? 0;
    if (limit !== null && arrived > limit) return startAnew();
    if (arrived > 0)
      for await (const piece of piecesOf(await target.open(path), { signal })) digest.update(piece);
    return target.create(path, { append: true });
  };

  let sink = await (same ? goOn() : startAnew());

  const corrupt = async (why: string): Promise<SextantError> => {
    await sink.close();
    await removeDownload(target, path);
    return new SextantError(
      "model/corrupt",
      `${path} is not the file that belongs to this model: ${why}. It was deleted: download it again; if that does not help, choose another source.`,
      { path, url },
    );
  };

  return {
    get sizeBytes() {
      return sink.sizeBytes;
    },
    get etag() {
      return etag;
    },
    get totalBytes() {
      return totalBytes;
    },
    async begin(newEtag, newTotalBytes) {
      etag = newEtag;
      totalBytes = expected.sizeBytes ?? newTotalBytes;
      await sink.close();
      sink = await startAnew();
    },
    async take(bytes) {
      if (totalBytes !== null && sink.sizeBytes + bytes.length > totalBytes)
        throw await corrupt(`more than ${totalBytes} bytes came`);
      await sink.write(bytes);
      digest.update(bytes);
    },
    close: () => sink.close(),
    async finish() {
      const found = { sizeBytes: sink.sizeBytes, sha256: digest.hex() };
      await sink.close();
      if (expected.sizeBytes !== null && found.sizeBytes !== expected.sizeBytes)
        throw await corrupt(`${found.sizeBytes} bytes instead of ${expected.sizeBytes}`);
      if (expected.sha256 !== null && found.sha256 !== expected.sha256)
        throw await corrupt(`its SHA-256 is ${found.sha256} instead of ${expected.sha256}`);
      await writeRecord(target, path, {
        url,
        etag,
        totalBytes: found.sizeBytes,
        expectedSha256: expected.sha256,
        whole: found,
      });
      return found;
    },
  };
}
