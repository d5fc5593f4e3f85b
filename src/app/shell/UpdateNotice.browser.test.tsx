import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { createRoot } from "react-dom/client";
import { AppStoreContext } from "../state/context.tsx";
import { openStore } from "../state/testing/open-store.ts";
import { UpdateNotice } from "./UpdateNotice.tsx";

let unmount: () => void = () => undefined;
afterEach(() => unmount());

async function mount() {
  const store = openStore({ nextFrame: (callback) => void requestAnimationFrame(callback) });
  await store.actions.model.start(new AbortController().signal);
  let updates = 0;
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  root.render(
    <AppStoreContext value={store}>
      <UpdateNotice onUpdate={() => void updates++} />
    </AppStoreContext>,
  );
  unmount = () => {
    root.unmount();
    place.remove();
  };
  return { ...store, updates: () => updates };
}

test("a version that waits is offered, and used when asked for", async () => {
  const app = await mount();
  app.actions.panel.offerUpdate("waits");
  const button = page.getByRole("button", { name: "Use the new version" });
  await expect.element(button).toBeVisible();
  expect(app.updates()).toBe(0);
  await button.click();
  await expect.poll(app.updates).toBe(1);
});

test("asked for while something is under way it comes when that is done, or at once if told so", async () => {
  const app = await mount();
  let finish = (): void => undefined;
  const work = app.actions.jobs.run("Indexing", () => new Promise<void>((done) => (finish = done)));
  await expect.poll(() => app.state.getState().jobs.running).toHaveLength(1);
  app.actions.panel.offerUpdate("waits");
  await page.getByRole("button", { name: "Use the new version" }).click();
  const now = page.getByRole("button", { name: "Use it now" });
  await expect.element(now).toBeVisible();
  expect(app.updates()).toBe(0);
  await now.click();
  expect(app.updates()).toBe(1);
  finish();
  await work;
  await expect.poll(app.updates).toBe(2);
});
