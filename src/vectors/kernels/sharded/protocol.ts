import type { Exactness, ErrorCode } from "../../../contract/index.ts";
import type { BlockAnswer } from "../block.ts";

/** What a kernel's blocks are made of, in every shard. */
export interface ShardKind {
  readonly dim: number;
  readonly exactness: Exactness;
  readonly capacity: number;
}

/** One block of a shard's part of a search. */
export interface ShardScan {
  readonly block: number;
  readonly firstRow: number;
  readonly rows: number;
  readonly mask: Uint32Array | undefined;
}

/** What the owner of a shard says to it, worked off in order. Blocks have numbers that are never used again. */
export type ToShard =
  | { readonly type: "open"; readonly block: number; readonly kind: ShardKind }
  | { readonly type: "append"; readonly block: number; readonly bits: Uint16Array }
  | { readonly type: "pack"; readonly id: number; readonly block: number; readonly rows: Int32Array }
  | { readonly type: "unpack"; readonly block: number; readonly packed: Uint8Array }
  | { readonly type: "cut"; readonly block: number; readonly rows: number }
  | { readonly type: "close"; readonly block: number }
  | {
      readonly type: "scan";
      readonly id: number;
      readonly dim: number;
      readonly queries: Float32Array;
      readonly k: number;
      readonly scans: readonly ShardScan[];
    };

/** What it says back: one message a scan or pack, and a block's memory when that has changed. */
export type FromShard =
  /** First of all, where it is a worker: it holds the lock of its name from now until it ends. */
  | { readonly type: "alive" }
  | { readonly type: "scanned"; readonly id: number; readonly answers: readonly BlockAnswer[] }
  | { readonly type: "packed"; readonly id: number; readonly packed: Uint8Array }
  | { readonly type: "failed"; readonly id: number; readonly code: ErrorCode; readonly message: string }
  | { readonly type: "bytes"; readonly block: number; readonly bytes: number };

/** A shard as its owner sees it: a worker, or in tests anything that passes messages on. */
export interface ShardLink {
  post(message: ToShard): void;
  onMessage(listener: (message: FromShard) => void): void;
  /** The shard is gone: nothing that was asked of it will be answered. */
  onLost(listener: (why: string) => void): void;
}
