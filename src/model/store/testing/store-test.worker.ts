import { portLink, serve } from "../../../boundary/index.ts";
import { createOpfsStore } from "../opfs-store.ts";
import { storeHandlers, type StoreCalls } from "./store-calls.ts";

/** Which directory a test wants served, and on which port. */
export interface StoreTestStart {
  readonly directory: string;
  readonly port: MessagePort;
}

addEventListener("message", ({ data }: MessageEvent<StoreTestStart>) => {
  serve<StoreCalls>(portLink(data.port), Promise.resolve(storeHandlers(createOpfsStore(data.directory))));
});
