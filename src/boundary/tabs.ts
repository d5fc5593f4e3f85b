import type { CallMap, Handlers } from "../contract/index.ts";
import { channelLink, type LosableLink } from "./links.ts";
import { anotherVersion, PROTOCOL } from "./protocol.ts";
import { serve } from "./serve.ts";

/** Where a tab asks to be served by the engine of another one. */
const MEETING = "sextant-tabs";

/** How often a tab asks until it is served: the engine that will answer may not run yet. */
const ASK_AGAIN_MS = 200;

/** `tab` is the name of the channel that the two will use, and of a lock that the tab holds as long as it lives. */
interface Ask {
  readonly type: "ask";
  readonly tab: string;
}

/** `life` is a lock that the serving worker holds as long as it lives. */
interface Served {
  readonly type: "served";
  readonly tab: string;
  readonly life: string;
  readonly protocol: number;
}

/** Answers the calls of every other tab of this origin, as long as the thread lives. */
export function serveTabs<M extends CallMap<M>>(life: string, handlers: Handlers<M>): void {
  const meeting = new BroadcastChannel(MEETING);
  const served = new Set<string>();
  meeting.addEventListener("message", ({ data }: MessageEvent<Ask | Served>) => {
    if (data.type !== "ask") return;
    const { tab } = data;
    if (!served.has(tab)) {
      served.add(tab);
      const link = channelLink(tab);
      serve(link, handlers);
      void navigator.locks.request(tab, () => {
        served.delete(tab);
        link.lose("the tab went away");
        link.close();
      });
    }
    meeting.postMessage({ type: "served", tab, life, protocol: PROTOCOL } satisfies Served);
  });
}

/**
 * Links this tab with the engine of another one, as soon as there is one.
 *
 * Throws: `boundary/protocol` when that tab runs another version; the signal's reason.
 */
export async function joinTab(signal: AbortSignal): Promise<LosableLink> {
  signal.throwIfAborted();
  const tab = `sextant-tab-${crypto.randomUUID()}`;
  let leave = (): void => undefined;
  await new Promise<void>((held) => {
    void navigator.locks.request(tab, () => {
      held();
      return new Promise<void>((resolve) => (leave = resolve));
    });
  });
  const link = channelLink(tab);
  try {
    signal.throwIfAborted();
    const life = await askUntilServed(tab, signal);
    signal.throwIfAborted();
    void navigator.locks.request(life, () => link.lose("the tab that ran it went away"));
  } catch (error) {
    link.close();
    leave();
    throw error;
  }
  return {
    ...link,
    close() {
      link.close();
      leave();
    },
  };
}

function askUntilServed(tab: string, signal: AbortSignal): Promise<string> {
  const meeting = new BroadcastChannel(MEETING);
  const ask = (): void => meeting.postMessage({ type: "ask", tab } satisfies Ask);
  const again = setInterval(ask, ASK_AGAIN_MS);
  return new Promise<string>((resolve, reject) => {
    meeting.addEventListener("message", ({ data }: MessageEvent<Ask | Served>) => {
      if (data.type !== "served" || data.tab !== tab) return;
      if (data.protocol === PROTOCOL) resolve(data.life);
      else reject(anotherVersion(data.protocol));
    });
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    ask();
  }).finally(() => {
    clearInterval(again);
    meeting.close();
  });
}
