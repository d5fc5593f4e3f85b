import type { Kernel, KernelAnswer } from "../../contract/index.ts";
import { addMoments, emptyAnswer, NO_MOMENTS, writeMoments, writeTop } from "./answer.ts";
import { hasBit } from "./bitmap.ts";
import { createBlockList, maskOf, type View } from "./block-list.ts";
import type { BlockAnswer, BlockKind, KernelOptions } from "./block.ts";
import { createBreather } from "./breathe.ts";
import { checkBits, checkDim, checkK, checkQuery, checkRow, checkVectors } from "./check.ts";
import { dotExact } from "./dot.ts";
import { createExactRows } from "./exact-rows.ts";
import { createShortlist } from "./shortlist.ts";

/**
 * A kernel whose rows are codes in blocks: each block names the rows that can be among the best, and exact vectors of
 * those few decide.
 *
 * Memory: what the blocks hold, and what `exactRows` holds.
 */
export function createBlockKernel(dim: number, kind: BlockKind, options: KernelOptions = {}): Kernel {
  checkDim(dim);
  const exactRows = options.exactRows ?? createExactRows(dim);
  const list = createBlockList(dim, kind);

  /** Best rows of a few queries into `answer`, from its query `from` on. */
  async function searchPart(
    queries: Float32Array,
    from: number,
    { answer, views, allow, signal, breathe }: SearchRun,
  ): Promise<void> {
    const kept = Math.min(
      answer.top.k,
      views.reduce((sum, { rows }) => sum + rows, 0),
    );
    const read = exactRows.reader();
    const lists = Array.from({ length: queries.length / dim }, () =>
      createShortlist(kept, kind.mostReads?.(kept)),
    );
    const moments = lists.map(() => NO_MOMENTS);
    const take = (answers: readonly BlockAnswer[], firstRow: number): void => {
      for (const [q, found] of answers.entries()) {
        lists[q]?.add(found.candidates, firstRow);
        moments[q] = addMoments(moments[q] ?? NO_MOMENTS, found.moments);
      }
    };
    if (kind.scanAll) {
      const scans = views.map(({ placed, rows }) => {
        const { block, firstRow } = placed;
        return { block, firstRow, rows, mask: maskOf(placed, rows, allow) };
      });
      take(await kind.scanAll({ scans, queries, k: kept, signal }), 0);
      signal?.throwIfAborted();
    } else
      for (const { placed, rows } of views) {
        const mask = maskOf(placed, rows, allow);
        const floors = Float32Array.from(lists, ({ floor }) => floor);
        const scanned = placed.block.scan({ queries, rows, mask, k: kept, floors });
        take(scanned instanceof Promise ? await scanned : scanned, placed.firstRow);
        await breathe();
      }
    for (const [q, shortlist] of lists.entries()) {
      const best = await shortlist.settle(queries.subarray(q * dim, (q + 1) * dim), read);
      const still = best.filter(({ row }) => isAlive(views, row));
      writeTop(answer.top, from + q, still);
      writeMoments(answer.moments, from + q, moments[q] ?? NO_MOMENTS);
    }
  }

  return {
    name: kind.name,
    dim,
    get rows() {
      return list.rows;
    },
    get alive() {
      return list.rows - list.removed;
    },
    get bytes() {
      return list.bytes + exactRows.bytes;
    },
    append(bits) {
      checkBits(bits, dim);
      list.append(bits);
      exactRows.append(bits);
    },
    remove(named) {
      const rows = [...named];
      for (const row of rows) checkRow(row, list.rows);
      for (const row of rows) list.remove(row);
    },
    async search(queries, k, { allow, signal } = {}) {
      const count = checkVectors(queries, dim);
      checkK(k);
      const breathe = createBreather(signal);
      const answer = emptyAnswer(count, k);
      const run = { answer, views: list.view(), allow, signal, breathe };
      for (let from = 0; from < count; from += kind.queriesAtOnce) {
        const end = Math.min(count, from + kind.queriesAtOnce);
        await searchPart(queries.subarray(from * dim, end * dim), from, run);
        signal?.throwIfAborted();
      }
      return answer;
    },
    async score(query, named) {
      checkQuery(query, dim);
      for (const row of named) checkRow(row, list.rows);
      return dotExact(query, await exactRows.reader()(named));
    },
    compact() {
      const kept = list.compact();
      if (kept !== null) exactRows.keep(kept);
      return kept;
    },
    close() {
      list.close();
      exactRows.close();
    },
  };
}

interface SearchRun {
  readonly answer: KernelAnswer;
  readonly views: readonly View[];
  readonly allow: Uint32Array | undefined;
  readonly signal: AbortSignal | undefined;
  readonly breathe: () => Promise<void> | undefined;
}

function isAlive(views: readonly View[], row: number): boolean {
  const placed = views.findLast(({ placed: { firstRow } }) => firstRow <= row)?.placed;
  return placed !== undefined && hasBit(placed.alive, row - placed.firstRow);
}
