import { afterEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { mountApp } from "../../shell/testing/mount-app.tsx";
import { DOCUMENTS } from "../../state/testing/open-store.ts";
import type { MapAsk, MapTold } from "./messages.ts";

let unmount: () => void = () => undefined;
afterEach(() => {
  unmount();
  vi.unstubAllGlobals();
});

/** A worker that does what the test says. */
class IdleWorker extends EventTarget {
  static all: IdleWorker[] = [];
  readonly asked: MapAsk[] = [];
  isEnded = false;
  constructor() {
    super();
    IdleWorker.all.push(this);
  }
  postMessage(ask: MapAsk): void {
    this.asked.push(ask);
  }
  tell(data: MapTold): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
  terminate(): void {
    this.isEnded = true;
  }
}

test("a map whose worker fails says so and is begun anew; of another collection nothing is left", async () => {
  IdleWorker.all = [];
  const app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    await actions.queue.add("qa", DOCUMENTS);
    actions.query.use({ task: "qa", question: "angle of a star" });
    vi.stubGlobal("Worker", IdleWorker);
    actions.pictures.show("map");
  });
  ({ unmount } = app);
  const map = page.getByRole("region", { name: "All passages in two dimensions" });
  const newest = () => IdleWorker.all.at(-1)!;
  const drawn = async () => {
    await expect.poll(() => IdleWorker.all.at(-1)?.asked.map(({ ask }) => ask)).toContain("draw");
    newest().tell({ told: "places", how: "axes", places: new Float32Array(6), done: 0, isMoving: true });
    await expect.element(map.getByText(/^Drawing neighbours together/)).toBeVisible();
  };
  await drawn();
  const failing = newest();
  failing.dispatchEvent(new ErrorEvent("error", { message: "Out of memory", cancelable: true }));
  await expect.element(map.getByText("The map could not be drawn.")).toBeVisible();
  await expect.element(page.getByText("Out of memory")).toBeVisible();
  expect(failing.isEnded).toBe(true);
  await map.getByRole("button", { name: "Draw it anew" }).click();
  expect(newest()).not.toBe(failing);
  await drawn();

  app.engine.storedVectors = () => new Promise(() => undefined);
  app.state.setState(({ model }) => ({
    model: {
      ...model,
      status: model.status && { ...model.status, model: { ...model.status.model, key: "another" } },
    },
  }));
  await expect.element(map.getByText("Reading the vectors…")).toBeVisible();
  await expect.element(map.getByText(/^Drawing neighbours together/)).not.toBeInTheDocument();
});
