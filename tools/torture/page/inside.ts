import { connect, portLink } from "../../../src/boundary/index.ts";
import type { Face } from "../../../src/contract/index.ts";
import type { InsideCalls } from "../../../src/storage/testing/look-inside.ts";
import type { TestStart } from "../../../src/storage/testing/storage-test.worker.ts";

export type Inside = Face<InsideCalls>;

/** Opens a database under the calls of the storage, as its own worker does; `end` lets go of it. */
export function openInside(directory: string): { readonly storage: Inside; end(): Promise<void> } {
  const worker = new Worker(new URL("../../../src/storage/testing/storage-test.worker.ts", import.meta.url), {
    type: "module",
  });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ directory, port: port2 } satisfies TestStart, [port2]);
  const storage = connect<InsideCalls>(portLink(port1));
  return {
    storage,
    async end() {
      await storage.shut({});
      worker.terminate();
    },
  };
}
