import { SextantError } from "../../../contract/index.ts";
import type { BlockAnswer } from "../block.ts";
import type { FromShard, ShardLink, ToShard } from "./protocol.ts";

type Ask = Extract<ToShard, { readonly id: number }>;

/** One shard with promises for what it answers; all of them settle when it is gone. One face a link: it gives the ids. */
export interface ShardFace {
  post(message: ToShard): void;
  scan(input: Omit<Extract<ToShard, { type: "scan" }>, "type" | "id">): Promise<readonly BlockAnswer[]>;
  pack(block: number, rows: Int32Array): Promise<Uint8Array>;
  /** Memory of a block as last told. */
  bytesOf(block: number): number;
  forget(block: number): void;
}

interface Waiting {
  readonly resolve: (message: FromShard) => void;
  readonly reject: (error: SextantError) => void;
}

export function faceOfShard(link: ShardLink): ShardFace {
  const waiting = new Map<number, Waiting>();
  const bytesByBlock = new Map<number, number>();
  let lastId = 0;
  let lost: SextantError | null = null;

  link.onMessage((message) => {
    if (message.type === "alive") return;
    if (message.type === "bytes") return void bytesByBlock.set(message.block, message.bytes);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type !== "failed") asked?.resolve(message);
    else asked?.reject(new SextantError(message.code, message.message));
  });
  link.onLost((why) => {
    lost = new SextantError(
      "boundary/lost",
      `A search worker is gone (${why}). Reload the page; what was stored is kept.`,
      { why },
    );
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
  });

  function ask(message: Ask): Promise<FromShard> {
    return new Promise((resolve, reject) => {
      if (lost) return reject(lost);
      waiting.set(message.id, { resolve, reject });
      link.post(message);
    });
  }

  return {
    post: (message) => {
      if (!lost) link.post(message);
    },
    async scan(input) {
      const answer = await ask({ type: "scan", id: ++lastId, ...input });
      return answer.type === "scanned" ? answer.answers : [];
    },
    async pack(block, rows) {
      const answer = await ask({ type: "pack", id: ++lastId, block, rows });
      return answer.type === "packed" ? answer.packed : new Uint8Array(0);
    },
    bytesOf: (block) => bytesByBlock.get(block) ?? 0,
    forget: (block) => void bytesByBlock.delete(block),
  };
}
