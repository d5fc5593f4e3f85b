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

/** Writes a bundle to where it is wanted, no faster than that takes it. Throws: what either side throws; then nothing is left. */
export async function exportTo(
  engine: Engine,
  target: ExportTarget,
  { collectionIds, preferences, signal, report }: ExportOptions,
): Promise<void> {
  try {
    await engine.exportBundle(collectionIds ? { collectionIds } : { preferences }, {
      signal,
      onEvent: (event) => {
        if (event.type === "bytes") return target.write(new Uint8Array(event.bytes));
        const { donePassages: done, totalPassages: total } = event;
        report("", { done, total, unit: "passages", perSecond: null, secondsLeft: null });
      },
    });
    await target.close();
  } catch (error) {
    await target.abort().catch(() => undefined);
    throw error;
  }
}
