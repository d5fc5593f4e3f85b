import type { Engine } from "../../contract/index.ts";
import type { Report } from "./jobs.ts";

/** Where an export goes: a file on the disk, or a download once it is whole. */
export interface ExportTarget {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The file is whole. */
  close(): Promise<void>;
  /** It will not be: what was written goes. */
  abort(): Promise<void>;
}

interface ExportOptions {
  readonly collectionIds: readonly number[] | null;
  readonly preferences: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly report: Report;
}

/** Writes a bundle to where it is wanted, as its bytes come. Throws: what either side throws; then nothing is left. */
export async function exportTo(
  engine: Engine,
  target: ExportTarget,
  { collectionIds, preferences, signal, report }: ExportOptions,
): Promise<void> {
  let written = Promise.resolve();
  const stop = new AbortController();
  try {
    await engine.exportBundle(collectionIds ? { collectionIds } : { preferences }, {
      signal: AbortSignal.any([signal, stop.signal]),
      onEvent: (event) => {
        if (event.type === "progress") {
          const { donePassages: done, totalPassages: total } = event;
          return report("", { done, total, unit: "passages", perSecond: null, secondsLeft: null });
        }
        const bytes = new Uint8Array(event.bytes);
        written = written.then(() => target.write(bytes));
        // A full disk ends the reading too; `written` tells of it below.
        written.catch(() => stop.abort());
      },
    });
    await written;
    await target.close();
  } catch (error) {
    const failed = await written.then(
      () => null,
      (cause: unknown) => ({ cause }),
    );
    await target.abort().catch(() => undefined);
    throw failed === null ? error : failed.cause;
  }
}
