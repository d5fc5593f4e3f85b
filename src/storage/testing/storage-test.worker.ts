import { portLink, serve } from "../../boundary/index.ts";
import { holdLease } from "../lease.ts";
import { openDatabase, type OpenDatabase } from "../open.ts";
import { emptyDatabase } from "./empty-database.ts";
import { insideHandlers, type InsideCalls } from "./look-inside.ts";

/**
 * What a test sends: a directory to open, with a port to be served on, or a lease to take. A `shared` one stays open: shutting
 * it empties it for the next.
 */
export type TestStart =
  | { readonly directory: string; readonly port: MessagePort; readonly shared?: boolean }
  | { readonly lease: string; readonly steal: boolean };

const sharedByDirectory = new Map<string, Promise<OpenDatabase>>();

async function openShared(directory: string): Promise<OpenDatabase> {
  const opening = sharedByDirectory.get(directory) ?? openDatabase({ where: { kind: "opfs", directory } });
  sharedByDirectory.set(directory, opening);
  const open = await opening;
  return { ...open, close: () => emptyDatabase(open.database) };
}

addEventListener("message", ({ data }: MessageEvent<TestStart>) => {
  if ("directory" in data) {
    const { directory } = data;
    const open = data.shared ? openShared(directory) : openDatabase({ where: { kind: "opfs", directory } });
    serve<InsideCalls>(portLink(data.port), open.then(insideHandlers));
    return;
  }
  holdLease(data.lease, { steal: data.steal, patienceMs: 50 }).then(
    ({ lost }) => {
      postMessage("held");
      void lost.then(() => postMessage("lost"));
    },
    (error: { code?: string }) => postMessage(error.code),
  );
});
