/** Registers the service worker of a built app; without one, as in development, there is nothing to update. */
export function watchForNewVersion(offer: () => void): () => void {
  let reload = (): void => location.reload();
  if (import.meta.env.PROD && "serviceWorker" in navigator)
    void import("virtual:pwa-register").then(({ registerSW }) => {
      const update = registerSW({ onNeedRefresh: offer });
      reload = () => void update(true);
    });
  return () => reload();
}
