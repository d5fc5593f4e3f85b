import type { OfflineWord } from "../../contract/index.ts";
import type { Update } from "../state/panel.ts";

/** How often a page that stays open asks whether there is a newer version. */
const ASK_EVERY_MS = 60 * 60 * 1000;

/**
 * Has the built app kept for use offline, and tells of versions that wait; without a service worker, as in development,
 * there is nothing to tell. Gives a function that goes over to the newest version: the only thing that reloads the page.
 */
export function watchForNewVersion(tell: (update: Update) => void): () => void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return () => location.reload();
  const { serviceWorker } = navigator;
  const wasControlled = serviceWorker.controller !== null;
  let waiting: ServiceWorker | null = null;
  let isAsked = false;

  const follow = (fresh: ServiceWorker): void => {
    const look = (): void => {
      if (fresh.state === "installed" && wasControlled) {
        waiting = fresh;
        tell("waits");
      }
      if (fresh.state === "activated" && !wasControlled && !crossOriginIsolated) tell("isolates");
    };
    fresh.addEventListener("statechange", look);
    look();
  };

  serviceWorker.addEventListener("controllerchange", () => {
    if (isAsked) location.reload();
    else if (wasControlled) {
      waiting = null;
      tell("elsewhere");
    }
  });

  const register = async (): Promise<void> => {
    const script = new URL("sw.js", document.baseURI);
    const registration = await serviceWorker.register(script, { updateViaCache: "none" });
    for (const fresh of [registration.waiting, registration.installing]) if (fresh) follow(fresh);
    registration.addEventListener(
      "updatefound",
      () => registration.installing && follow(registration.installing),
    );
    registration.active?.postMessage("tidy" satisfies OfflineWord);
    // Without a network there is no newer version to be had.
    setInterval(() => void registration.update().catch(() => undefined), ASK_EVERY_MS);
  };
  // A host that serves no service worker, or a browser that is told to keep none: the app runs, and is not kept.
  register().catch(() => undefined);

  return () => {
    isAsked = true;
    if (waiting?.state === "installed") waiting.postMessage("take over" satisfies OfflineWord);
    else location.reload();
  };
}
