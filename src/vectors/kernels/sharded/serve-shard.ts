import { SextantError, toSextantError } from "../../../contract/index.ts";
import { addMoments, NO_MOMENTS } from "../answer.ts";
import type { BlockAnswer, PackedBlock } from "../block.ts";
import { createShortlist } from "../shortlist.ts";
import { signBlocks } from "../wasm/sign-block.ts";
import { wasmBlocks } from "../wasm/wasm-block.ts";
import type { FromShard, ShardKind, ToShard } from "./protocol.ts";

/** A block, or why what was done to it failed: what changes it is not answered, so the next scan tells. */
type Kept =
  | { readonly block: PackedBlock; readonly failure: null }
  | { readonly block: PackedBlock | null; readonly failure: SextantError };

function openBlock({ dim, exactness, capacity }: ShardKind): Kept {
  try {
    const kind = exactness === "fast" ? signBlocks(dim, { capacity }) : wasmBlocks(dim, { capacity });
    return { block: kind.create(0), failure: null };
  } catch (error) {
    return { block: null, failure: toSextantError(error) };
  }
}

/** Keeps a shard's blocks and scans them: what runs in each shard's worker. */
export function serveShard(post: (message: FromShard) => void): (message: ToShard) => void {
  const kept = new Map<number, Kept>();

  function sound(number: number): PackedBlock {
    const found = kept.get(number);
    if (found?.failure === null) return found.block;
    throw found?.failure ?? new SextantError("engine/internal", "A part of the index is gone; reload.");
  }

  /** Changes a block that is sound; one that fails stays as it is and is not answered from again. */
  function change(number: number, work: (block: PackedBlock) => void): void {
    const found = kept.get(number);
    if (found?.failure !== null) return;
    const { block } = found;
    const before = block.bytes;
    try {
      work(block);
    } catch (error) {
      kept.set(number, { block, failure: toSextantError(error) });
    }
    if (block.bytes !== before) post({ type: "bytes", block: number, bytes: block.bytes });
  }

  function scan({ queries, dim, k, scans }: Extract<ToShard, { type: "scan" }>): BlockAnswer[] {
    const lists = Array.from({ length: queries.length / dim }, () => createShortlist(k));
    const moments = lists.map(() => NO_MOMENTS);
    for (const { block, firstRow, rows, mask } of scans) {
      const floors = Float32Array.from(lists, ({ floor }) => floor);
      // Blocks of this room's own kinds answer at once.
      const answers = sound(block).scan({ queries, rows, mask, k, floors }) as readonly BlockAnswer[];
      for (const [q, found] of answers.entries()) {
        lists[q]?.add(found.candidates, firstRow);
        moments[q] = addMoments(moments[q] ?? NO_MOMENTS, found.moments);
      }
    }
    return lists.map((list, q) => ({ candidates: list.candidates(), moments: moments[q] ?? NO_MOMENTS }));
  }

  function answer(id: number, work: () => FromShard): void {
    try {
      post(work());
    } catch (error) {
      const { code, message } = toSextantError(error);
      post({ type: "failed", id, code, message });
    }
  }

  return (message) => {
    switch (message.type) {
      case "open": {
        const opened = openBlock(message.kind);
        kept.set(message.block, opened);
        return post({ type: "bytes", block: message.block, bytes: opened.block?.bytes ?? 0 });
      }
      case "append":
        return change(message.block, (block) => block.append(message.bits));
      case "unpack":
        return change(message.block, (block) => block.unpack(message.packed));
      case "cut":
        return change(message.block, (block) => block.cut(message.rows));
      case "close":
        return void kept.delete(message.block);
      case "pack":
        return answer(message.id, () => {
          return { type: "packed", id: message.id, packed: sound(message.block).pack(message.rows) };
        });
      case "scan":
        return answer(message.id, () => ({ type: "scanned", id: message.id, answers: scan(message) }));
      default:
        message satisfies never;
    }
  };
}
