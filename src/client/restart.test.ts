import { expect, test, vi } from "vitest";
import { connect, portLink, serve } from "../boundary/index.ts";
import { SextantError, type EngineCalls, type EngineEvent, type Handlers } from "../contract/index.ts";
import { keepRunning, type EngineRun } from "./restart.ts";

/** Workers that can be killed: each run is a MessageChannel with the given handlers at its far end. */
function workers(handlersOf: (run: number) => Partial<Handlers<EngineCalls>>, isOurs = true) {
  const runs: { kill(): void }[] = [];
  const start = async (): Promise<EngineRun> => {
    const { port1, port2 } = new MessageChannel();
    serve<EngineCalls>(portLink(port2), handlersOf(runs.length) as Handlers<EngineCalls>);
    const link = portLink(port1);
    const gone = new Promise<string>((resolve) => link.onLost(resolve));
    runs.push({ kill: () => port2.close() });
    return { engine: connect<EngineCalls>(link), gone, isOurs, stop: () => port1.close() };
  };
  return { runs, start };
}

const never = () => new Promise<never>(() => {});

test("what a dead worker had not answered is asked of the next, and watchers are told", async () => {
  const { runs, start } = workers((run) => ({
    countTokens: async ({ texts }) => (run === 0 && texts.length > 0 ? never() : [run]),
    watch: never,
  }));
  const { engine } = keepRunning(start);
  const events: EngineEvent[] = [];
  const stop = new AbortController();
  const watching = engine.watch({}, { signal: stop.signal, onEvent: (event) => events.push(event) });
  await engine.countTokens({ texts: [] });
  const counting = engine.countTokens({ texts: ["a"] });
  runs[0]?.kill();
  expect(await counting).toEqual([1]);
  expect(events).toEqual([{ type: "restarted", why: expect.any(String) }]);
  stop.abort();
  await expect(watching).rejects.toMatchObject({ code: "base/aborted" });
  await engine.close();
});

test("a call that kills two workers fails; the next worker serves the others", async () => {
  const { runs, start } = workers(() => ({
    countTokens: ({ texts }) => {
      if (texts.length === 0) return Promise.resolve([]);
      setTimeout(() => runs.at(-1)?.kill(), 0);
      return never();
    },
  }));
  const { engine } = keepRunning(start);
  const dying = engine.countTokens({ texts: ["x"] });
  await engine.countTokens({ texts: [] });
  void engine.countTokens({ texts: [] });
  await expect(dying).rejects.toMatchObject({ code: "boundary/lost" });
  expect(runs.length).toBeGreaterThanOrEqual(2);
  await engine.close();
});

test("what may have been done already is not done twice", async () => {
  const { runs, start } = workers(() => ({ collections: async () => [], removeSources: never }));
  const { engine } = keepRunning(start);
  await engine.collections({});
  const removing = engine.removeSources({ sourceIds: [1] });
  runs[0]?.kill();
  await expect(removing).rejects.toMatchObject({ code: "boundary/lost" });
  expect(await engine.collections({})).toEqual([]);
  expect(runs).toHaveLength(2);
  await engine.close();
});

test("a worker that never answers is not started again", async () => {
  const { runs, start } = workers(() => ({ collections: never }));
  const { engine, lost } = keepRunning(start);
  const waiting = engine.collections({});
  runs[0]?.kill();
  await expect(waiting).rejects.toMatchObject({ code: "boundary/lost" });
  expect(await lost).toMatchObject({ code: "boundary/lost" });
  expect(runs).toHaveLength(1);
});

test("engines of other tabs may go as often as they like: what was asked is asked of the next", async () => {
  const { runs, start } = workers(
    (run) => ({ countTokens: () => (run < 4 ? never() : Promise.resolve([run])) }),
    false,
  );
  const { engine } = keepRunning(start);
  const counting = engine.countTokens({ texts: ["a"] });
  for (let run = 0; run < 4; run++) {
    await vi.waitFor(() => expect(runs).toHaveLength(run + 1));
    runs[run]?.kill();
  }
  expect(await counting).toEqual([4]);
  await engine.close();
});

test("when no engine can be started, everyone is told why", async () => {
  const { engine, lost } = keepRunning(() =>
    Promise.reject(new SextantError("storage/busy-elsewhere", "Busy.")),
  );
  await expect(engine.collections({})).rejects.toMatchObject({ code: "storage/busy-elsewhere" });
  expect(await lost).toMatchObject({ code: "storage/busy-elsewhere" });
});

test("what an engine says of a worker of its own is passed on while the engine lives", async () => {
  const { runs, start } = workers((run) => ({
    collections: async () => [],
    countTokens: () => Promise.reject(new SextantError("boundary/lost", `Search worker ${run} is gone.`)),
  }));
  const { engine } = keepRunning(start);
  await expect(engine.countTokens({ texts: ["a"] })).rejects.toMatchObject({
    code: "boundary/lost",
    message: "Search worker 0 is gone.",
  });
  expect(await engine.collections({})).toEqual([]);
  expect(runs).toHaveLength(1);
  await engine.close();
});

test("calls that are stopped do not keep an engine going that never answers", async () => {
  const { runs, start } = workers(() => ({ collections: never, countTokens: never }));
  const { engine, lost } = keepRunning(start);
  const stop = new AbortController();
  const counting = engine.countTokens({ texts: ["a"] }, { signal: stop.signal });
  stop.abort();
  await expect(counting).rejects.toThrow();
  await expect(engine.collections({}, { signal: stop.signal })).rejects.toThrow();
  runs[0]?.kill();
  expect(await lost).toMatchObject({ code: "boundary/lost" });
  expect(runs).toHaveLength(1);
});
