import { portLink, serve } from "../../boundary/index.ts";
import { holdLease } from "../lease.ts";
import { openDatabase } from "../open.ts";
import { insideHandlers, type InsideCalls } from "./look-inside.ts";

/** What a test sends: directories to open, with a port for each to be served on, or a lease to take. */
export type TestStart =
  | { readonly directory: string; readonly port: MessagePort }
  | { readonly lease: string; readonly steal: boolean };

addEventListener("message", ({ data }: MessageEvent<TestStart>) => {
  if ("directory" in data) {
    const open = openDatabase({ where: { kind: "opfs", directory: data.directory } });
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
