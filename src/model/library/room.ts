import { SextantError, type Dtype } from "../../contract/index.ts";

/** Bytes that may still be stored; null where nobody says. */
export type FindRoom = () => Promise<number | null>;

/** What the browser still gives this origin. */
export const browserRoom: FindRoom = async () => {
  const storage =
    typeof navigator === "undefined" ? undefined : (navigator.storage as StorageManager | undefined);
  if (!storage) return null;
  const { quota, usage } = await storage.estimate();
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
};

/** A stored weight's bytes, scales and tables counted in: somewhat more than is ever written. */
const BYTES_A_WEIGHT = { fp32: 4.05, fp16: 2.05, q8: 1.15, q4: 0.9 } as const satisfies Record<Dtype, number>;
const BESIDE_BYTES = 4_000_000;

/** Room that a model takes once it is converted, judged by its published size. */
export function convertedBytes(publishedBytes: number, config: object, dtype: Dtype): number {
  const { torch_dtype: old, dtype: now } = config as { torch_dtype?: unknown; dtype?: unknown };
  const half = [old, now].some((name) => name === "float16" || name === "bfloat16");
  return Math.ceil((publishedBytes / (half ? 2 : 4)) * BYTES_A_WEIGHT[dtype]) + BESIDE_BYTES;
}

/** Throws: `storage/full` naming what is needed and what there is. */
export async function assertRoom(name: string, neededBytes: number, findRoom: FindRoom): Promise<void> {
  const roomBytes = await findRoom();
  if (roomBytes === null || neededBytes <= roomBytes) return;
  throw new SextantError(
    "storage/full",
    `${name} needs ${megabytes(neededBytes)} on this device and there is room for ${megabytes(roomBytes)}. Nothing was begun: remove a model or its weights as published, free space on the disk, or choose a smaller precision.`,
    { neededBytes, roomBytes },
  );
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`;
