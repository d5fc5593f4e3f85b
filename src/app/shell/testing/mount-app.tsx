import { createRoot } from "react-dom/client";
import { AppStoreContext } from "../../state/context.tsx";
import type { Environment } from "../../state/environment.ts";
import { openStore, type OpenedStore } from "../../state/testing/open-store.ts";
import { App } from "../App.tsx";
import "../../style/index.css";

/** The whole app over a fake engine, mounted in the page; `unmount` takes it away again. */
export async function mountApp(
  prepare: (store: OpenedStore) => Promise<void>,
  surroundings: Partial<Environment> = {},
): Promise<OpenedStore & { unmount(): void }> {
  const store = openStore({
    nextFrame: (callback) => void requestAnimationFrame(callback),
    ...surroundings,
  });
  await prepare(store);
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  root.render(
    <AppStoreContext value={store}>
      <App onUpdate={() => undefined} />
    </AppStoreContext>,
  );
  const unmount = (): void => {
    root.unmount();
    place.remove();
  };
  return { ...store, unmount };
}
