import { pause } from "../../base/pause.ts";
import { SextantError } from "../../contract/index.ts";
import type { WritableFolder } from "../folder.ts";
import { digestOf } from "./digest.ts";
import { openPart, type Expected, type Part } from "./download-part.ts";
import { findWhole, writeRecord, type Downloaded } from "./download-record.ts";
import { Dropped, fetchOnce } from "./fetch-once.ts";
import { createRateMeter } from "./rate-meter.ts";

export interface DownloadProgress {
  readonly doneBytes: number;
  /** null while nobody has said. */
  readonly totalBytes: number | null;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

export interface DownloadOptions {
  readonly url: string;
  readonly target: WritableFolder;
  readonly path: string;
  readonly expected: Expected;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  readonly fetchFile?: typeof fetch | undefined;
  /** How a retry waits, how long a silent connection is kept, and what time it is. */
  readonly patience?: Partial<Patience> | undefined;
}

export interface Patience {
  pause(ms: number, signal: AbortSignal | undefined): Promise<void>;
  readonly stallMs: number;
  nowMs(): number;
}

/** Waits between attempts that brought nothing; after the last one it is given up. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 16_000] as const;
/** An attempt that brought this much more than any before it counts as success: a bad line gets through in pieces. */
const WORTH_BYTES = 256 * 1024;
const LONGEST_PAUSE_MS = 30_000;
const REPORT_MS = 100;

const PATIENCE: Patience = { pause, stallMs: 30_000, nowMs: () => performance.now() };

/**
 * Downloads a file into a folder: goes on where it was cut off (also in an earlier visit), tries again when the
 * connection breaks, and calls it whole only when its size and digest are right. A file that is there already and
 * right is not asked for.
 *
 * Throws: `model/corrupt` when another file came (it is deleted), `model/denied`, `model/not-found` when there is none
 * or the connection stays broken (what came is kept), `storage/full`; the signal's reason.
 */
export async function downloadFile(options: DownloadOptions): Promise<Downloaded> {
  const { path, signal, expected } = options;
  const patience = { ...PATIENCE, ...options.patience };
  const there = await findRight(options);
  if (there) return there;

  const part = await openPart(options);
  const report = createReport(part, patience, options);
  try {
    let failures = 0;
    let mostBytes = part.sizeBytes;
    while (expected.sizeBytes === null || part.sizeBytes < expected.sizeBytes || part.sizeBytes === 0) {
      report.now();
      try {
        await fetchOnce(part, { ...options, stallMs: patience.stallMs, onBytes: report.arrived });
        break;
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof Dropped)) throw error;
        failures = part.sizeBytes >= mostBytes + WORTH_BYTES ? 0 : failures + 1;
        mostBytes = Math.max(mostBytes, part.sizeBytes);
        const waitMs = PAUSES_MS[failures === 0 ? 0 : failures - 1];
        if (waitMs === undefined) throw givenUp(path, part, error);
        await patience.pause(Math.min(Math.max(waitMs, error.waitMs), LONGEST_PAUSE_MS), signal);
      }
    }
    const whole = await part.finish();
    report.now();
    return whole;
  } finally {
    await part.close();
  }
}

/** Looks for the file as it should be: marked whole, or with the right digest. */
async function findRight({
  target,
  path,
  url,
  expected,
  signal,
}: DownloadOptions): Promise<Downloaded | null> {
  const fits = ({ sizeBytes, sha256 }: Downloaded): boolean =>
    (expected.sizeBytes ?? sizeBytes) === sizeBytes && (expected.sha256 ?? sha256) === sha256;
  const whole = await findWhole(target, path);
  if (whole) {
    const { sizeBytes, sha256 } = whole;
    return fits(whole) && (expected.sha256 !== null || whole.url === url) ? { sizeBytes, sha256 } : null;
  }

  const file = (await target.list()).find((candidate) => candidate.path === path);
  if (!file || expected.sha256 === null) return null;
  if (file.sizeBytes !== (expected.sizeBytes ?? file.sizeBytes)) return null;
  const found = {
    sizeBytes: file.sizeBytes,
    sha256: await digestOf(await target.open(path), { signal }),
  };
  if (!fits(found)) return null;
  const totalBytes = found.sizeBytes;
  const expectedSha256 = expected.sha256;
  await writeRecord(target, path, { url, etag: null, totalBytes, expectedSha256, whole: found });
  return found;
}

function createReport(part: Part, { nowMs }: Patience, { onProgress }: DownloadOptions) {
  const meter = createRateMeter(nowMs);
  let reportedMs = -Infinity;
  let hintBytes: number | null = null;
  const now = (): void => {
    reportedMs = nowMs();
    const doneBytes = part.sizeBytes;
    const totalBytes = part.totalBytes ?? hintBytes;
    const bytesPerSecond = meter.bytesPerSecond();
    const known = totalBytes !== null && bytesPerSecond !== null && bytesPerSecond > 0;
    const secondsLeft = known ? Math.max(0, totalBytes - doneBytes) / bytesPerSecond : null;
    onProgress?.({ doneBytes, totalBytes, bytesPerSecond, secondsLeft });
  };
  return {
    now,
    arrived(bytes: number, hint: number | null): void {
      meter.add(bytes);
      hintBytes = hint;
      if (nowMs() - reportedMs >= REPORT_MS) now();
    },
  };
}

function givenUp(path: string, part: Part, cause: Dropped): SextantError {
  return new SextantError(
    "model/not-found",
    `${path} cannot be downloaded: ${cause.message}. The ${part.sizeBytes} bytes that came are kept: check the connection and try again, and it goes on from there.`,
    { path, doneBytes: part.sizeBytes },
    cause,
  );
}
