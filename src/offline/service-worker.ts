import { isOfflineWord } from "../contract/index.ts";
import type { AppFiles } from "./app-files.ts";
import { keepApp } from "./kept-app.ts";

declare const self: ServiceWorkerGlobalScope & { readonly APP_FILES: AppFiles };

const app = keepApp(self.APP_FILES, {
  caches,
  fetch: (request) => fetch(request),
  scope: self.registration.scope,
});

/** Older builds stay as long as a tab may run one of them; of a version that waits or comes nothing is touched. */
async function tidy(): Promise<void> {
  const { waiting, installing } = self.registration;
  if (waiting || installing) return;
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.length <= 1) await app.forgetOlder();
}

self.addEventListener("install", (event) => event.waitUntil(app.keep()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", (event) => {
  if (!isOfflineWord(event.data)) return;
  // Without a network, or where the host has another build by now, there is nothing to mend with.
  event.waitUntil(
    event.data === "take over"
      ? self.skipWaiting()
      : app
          .mend()
          .catch(() => undefined)
          .then(tidy),
  );
});
self.addEventListener("fetch", (event) => {
  const answer = app.answer(event.request);
  if (answer) event.respondWith(answer);
});
