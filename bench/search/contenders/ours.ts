import type { ExactRows, Exactness, Kernel } from "../../../src/contract/index.ts";
import { createExactRows } from "../../../src/vectors/kernels/exact-rows.ts";
import { createShardedKernel } from "../../../src/vectors/kernels/sharded/sharded-kernel.ts";
import { startShards } from "../../../src/vectors/kernels/sharded/start-shards.ts";
import { createKernel } from "../../../src/vectors/index.ts";
import type { Contender } from "./contender.ts";

/** Above this the app keeps no exact vectors in memory: EXACT_BYTES in src/vectors/vector-set.ts. */
const EXACT_BYTES = 160 * 1024 * 1024;

/** Exact vectors in a file of the origin's own file system, which is where the database has its pages. */
async function rowsInFile(name: string, dim: number): Promise<ExactRows> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(name, { create: true });
  const file = await handle.createSyncAccessHandle();
  file.truncate(0);
  let end = 0;
  return {
    bytes: 0,
    append(bits) {
      file.write(bits, { at: end });
      end += bits.byteLength;
    },
    reader: () => (rows) => {
      const bits = new Uint16Array(rows.length * dim);
      rows.forEach((row, i) => file.read(bits.subarray(i * dim, (i + 1) * dim), { at: row * dim * 2 }));
      return bits;
    },
    keep: () => undefined,
    close: () => file.close(),
  };
}

/** Bytes that a scan reads of each row. */
const scannedOf = (exactness: Exactness, dim: number): number =>
  exactness === "exact" ? Math.ceil(dim / 16) * 16 + 16 : (Math.ceil(dim / 64) * 64) / 8 + 4;

/** Sextant's kernel in the calling thread (0 shards), or in as many workers. */
function ours(exactness: Exactness, shards: number): Contender {
  const name = shards === 0 ? exactness : `${exactness}, ${shards} worker${shards > 1 ? "s" : ""}`;
  return {
    name,
    takes: "f16",
    needsBrowser: shards > 0,
    async open({ rows, dim }) {
      const isLarge = rows * dim * 2 > EXACT_BYTES;
      const exactRows = isLarge ? await rowsInFile(name, dim) : createExactRows(dim);
      const workers = shards > 0 ? startShards(shards) : null;
      const kernel: Kernel = workers
        ? createShardedKernel(dim, exactness, workers.faces, { exactRows })
        : createKernel(dim, exactness, { exactRows });
      return {
        add: ({ bits }) => kernel.append(bits),
        // Workers have what was posted to them before they answer.
        finish: async () => void (await kernel.search(new Float32Array(dim), 1)),
        search: async (query, k) => [...(await kernel.search(query, k)).top.rows],
        bytes: () => kernel.bytes,
        scannedBytes: rows * scannedOf(exactness, dim),
        workers: shards,
        close() {
          kernel.close();
          workers?.close();
        },
      };
    },
  };
}

export const OURS: readonly Contender[] = [0, 1, 2].flatMap((shards) => [
  ours("exact", shards),
  ours("fast", shards),
]);
