import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TextLibrary } from "./text-library.ts";
import { createTextModels } from "./text-models.ts";
import type { FromText, ToText } from "./text-protocol.ts";

/** A worker that is deep in its computation: it says what the test says, and hears nothing. */
class BusyWorker extends EventTarget {
  static all: BusyWorker[] = [];
  readonly told: ToText[] = [];
  isEnded = false;
  constructor() {
    super();
    BusyWorker.all.push(this);
  }
  postMessage(message: ToText): void {
    this.told.push(message);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(message: FromText): void {
    if (!this.isEnded) this.dispatchEvent(new MessageEvent("message", { data: message }));
  }
}

const WRITTEN = { finish: "stop", promptTokens: 1, answerTokens: 1 } as const;
const entry = (id: string) => ({ id, name: id, dtype: "q4" as const });
const library = {
  list: () => Promise.resolve([entry("a"), entry("b")]),
  remove: () => Promise.resolve(),
} as unknown as TextLibrary;

beforeEach(() => {
  BusyWorker.all = [];
  vi.stubGlobal("Worker", BusyWorker);
});
afterEach(() => vi.unstubAllGlobals());

function open() {
  const models = createTextModels({ library, directory: "texts" });
  const ask = (id: string, signal = new AbortController().signal) => {
    const asked = models.generate(id, [], { signal, onPart: () => undefined });
    asked.catch(() => undefined);
    return asked;
  };
  const worker = (at: number) => vi.waitUntil(() => BusyWorker.all[at]);
  return { models, ask, worker };
}

test.each([
  ["another model is asked", (to: ReturnType<typeof open>) => void to.ask("b")],
  ["its model is removed", ({ models }: ReturnType<typeof open>) => void models.remove("a")],
  ["everything is closed", ({ models }: ReturnType<typeof open>) => models.close()],
])("an answer under way is cut off when %s, and so are those that wait", async (_when, act) => {
  const opened = open();
  const [first, second] = [opened.ask("a"), opened.ask("a")];
  const worker = await opened.worker(0);
  act(opened);
  await expect(first).rejects.toMatchObject({ code: "answer/cut-off" });
  await expect(second).rejects.toMatchObject({ code: "answer/cut-off" });
  expect(worker.isEnded).toBe(true);
});

test("a stop that comes while the worker hears nothing ends it at once; the next question has a new one", async () => {
  const { ask, worker } = open();
  const stop = new AbortController();
  const asked = ask("a", stop.signal);
  const next = ask("a");
  const busy = await worker(0);
  busy.say({ type: "text", text: "once" });
  await new Promise((resolve) => setTimeout(resolve));
  stop.abort(new Error("enough"));
  await expect(asked).rejects.toThrow("enough");
  expect(busy.isEnded).toBe(true);

  const fresh = await worker(1);
  expect(fresh.told.map(({ type }) => type)).toEqual(["open", "write"]);
  fresh.say({ type: "text", text: "again" });
  fresh.say({ type: "written", written: WRITTEN });
  await expect(next).resolves.toMatchObject({ text: "again", finish: "stop" });
  expect(fresh.isEnded).toBe(false);
});

test("one worker answers one question after the other, until it fails", async () => {
  const { ask, worker } = open();
  const first = ask("a");
  const only = await worker(0);
  only.say({ type: "written", written: WRITTEN });
  await first;
  const second = ask("a");
  await vi.waitUntil(() => only.told.length === 3);
  only.say({ type: "failed", code: "model/unsupported", message: "No." });
  await expect(second).rejects.toMatchObject({ code: "model/unsupported" });
  expect(only.isEnded).toBe(true);
});
