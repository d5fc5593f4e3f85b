import type { Ask } from "./ask-page.ts";
import type { Fault } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import { DIRECTORIES } from "./page-calls.ts";

/** What was promised before the kill. */
export interface Promised {
  readonly fault: Fault;
  readonly engine: Ledger;
  readonly store: Ledger;
  /** Passages that the import had told of, and those of its file. */
  readonly imported: number;
  readonly bundled: number;
  /** Passages of the old database, each with a vector. */
  readonly old: number;
}

export interface Verdict {
  lostWrites: number;
  corruptRows: number;
  orphanBytes: number;
  vectorsChecked: number;
  readonly why: string[];
}

/** Bytes of the largest segment that is written here: 128 vectors of 384 numbers in half precision, and a page. */
const ONE_SEGMENT_BYTES = 128 * 384 * 2 + 65_536;

/** The schema that the youngest of the old databases has. */
export const NEWEST_OLD = 7;

/** Looks at everything after a kill, finishes what was cut off, and looks again. */
export async function checkRound(ask: Ask, promised: Promised): Promise<Verdict> {
  const verdict: Verdict = { lostWrites: 0, corruptRows: 0, orphanBytes: 0, vectorsChecked: 0, why: [] };
  const corrupt = (what: readonly string[]): void => {
    verdict.corruptRows += what.length;
    verdict.why.push(...what);
  };
  const lost = (count: number, what: string): void => {
    if (count <= 0) return;
    verdict.lostWrites += count;
    verdict.why.push(what);
  };
  const orphans = (bytes: number, most: number, where: string): void => {
    verdict.orphanBytes = Math.max(verdict.orphanBytes, bytes);
    if (bytes > most) corrupt([`${bytes} bytes ${where} belong to nothing`]);
  };
  const examine = async (directory: string, madeVectors: boolean) => {
    const found = await ask("examine", { directory, madeVectors });
    corrupt(found.corrupt);
    orphans(found.orphanBytes, ONE_SEGMENT_BYTES, `in ${directory}`);
    return found;
  };
  const settleLedger = (ledger: Ledger, { sources }: Awaited<ReturnType<typeof examine>>): void => {
    // What was removed lies in a collection of its own.
    const own = sources.filter(({ collection, place }) => collection === "torture" || place === "removed");
    const losses = ledger.settle(own);
    verdict.lostWrites += losses.lostWrites;
    verdict.why.push(...losses.why);
  };

  const { fault } = promised;
  if (fault === "write") {
    settleLedger(promised.store, await examine(DIRECTORIES.store, true));
    return verdict;
  }
  if (fault === "migrate") {
    const { passages, vectors, schema } = await examine(DIRECTORIES.old, true);
    lost(promised.old - passages, `${passages} of ${promised.old} passages are there`);
    lost(promised.old - vectors, `${vectors} of ${promised.old} vectors are there`);
    if (schema <= NEWEST_OLD) corrupt([`the schema is ${schema} after opening`]);
    return verdict;
  }

  const found = await examine(DIRECTORIES.engine, false);
  settleLedger(promised.engine, found);
  if (fault === "import") {
    const others = found.sources.filter(
      ({ collection, place }) => collection !== "torture" && place === "living",
    );
    const count = others.reduce((sum, { passages }) => sum + passages, 0);
    lost(promised.imported - count, `${count} of ${promised.imported} imported passages are there`);
  }
  const { wrong, checked } = await ask("settle", {});
  verdict.vectorsChecked += checked;
  corrupt(wrong);
  if (fault === "import") corrupt((await ask("settleImport", { passages: promised.bundled })).wrong);
  if (fault === "convert") {
    const model = await ask("settleModel", {});
    corrupt(model.wrong);
    orphans(model.orphanBytes, 0, "of a model that was removed");
  }
  await ask("close", {});
  settleLedger(promised.engine, await examine(DIRECTORIES.engine, false));
  return verdict;
}
