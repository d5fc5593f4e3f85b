import type { Environment } from "../environment.ts";
import { createAppStore, type AppOptions, type AppStore } from "../store.ts";
import { createFakeEngine, type FakeEngine, type FakeOptions } from "./fake-engine.ts";

/** A store over a fake engine, in a page whose frames come when they are called for. */
export interface OpenedStore extends AppStore {
  readonly engine: FakeEngine;
  /** Lets the next frame come; says how many callbacks waited for it. */
  frame(): number;
  readonly preferences: Map<string, string>;
}

export function openStore(
  options: FakeOptions & Pick<AppOptions, "view"> & Partial<Environment> = {},
): OpenedStore {
  const { pending, view, ...own } = options;
  const engine = createFakeEngine(pending ? { pending } : {});
  const preferences = new Map<string, string>();
  let waiting: (() => void)[] = [];
  const environment: Environment = {
    nextFrame: (callback) => void waiting.push(callback),
    loadSamples: () => Promise.resolve([]),
    loadSampleFiles: () => Promise.resolve({ files: [] }),
    persist: () => Promise.resolve(true),
    builtIn: null,
    readPreference: (name) => preferences.get(name) ?? null,
    writePreference: (name, value) => void preferences.set(name, value),
    readVisit: (name) => preferences.get(name) ?? null,
    writeVisit: (name, value) =>
      void (value === null ? preferences.delete(name) : preferences.set(name, value)),
    ...own,
  };
  const store = createAppStore(engine, view ? { environment, view } : { environment });
  const frame = (): number => {
    const callbacks = waiting;
    waiting = [];
    for (const callback of callbacks) callback();
    return callbacks.length;
  };
  return { ...store, engine, frame, preferences };
}

/** Three documents of one passage each. */
export const DOCUMENTS = [
  { name: "sextant.md", content: "A sextant measures the angle between the horizon and a star." },
  { name: "compass.md", content: "A compass needle points to magnetic north." },
  { name: "log.md", content: "The log line measures the speed of a ship in knots." },
];
