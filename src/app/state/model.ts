import {
  KIND_OF_TASK,
  type DeviceChoice,
  type EngineEvent,
  type EngineStatus,
  type ErrorCode,
  type Features,
  type LoadProgress,
  type SextantError,
} from "../../contract/index.ts";
import { collectionOf } from "./corpus.ts";
import type { SliceContext } from "./slice.ts";

export type Degraded = Extract<EngineEvent, { type: "degraded" }> & { readonly id: number };

export interface ModelState {
  readonly status: EngineStatus | null;
  readonly features: Features | null;
  /** The model on its way into memory; null when it is there. */
  readonly loading: LoadProgress | null;
  /** Why the engine is gone for good; null while it is there. */
  readonly lost: { readonly code: ErrorCode; readonly message: string } | null;
  /** Falls to another device or precision, until they are dismissed. */
  readonly degraded: readonly Degraded[];
}

export const initialModel: ModelState = {
  status: null,
  features: null,
  loading: null,
  lost: null,
  degraded: [],
};

export interface ModelActions {
  /** Reads the status, follows its changes until `signal` aborts, and resumes what was interrupted. */
  start(signal: AbortSignal): Promise<void>;
  setDevice(device: DeviceChoice): Promise<void>;
  persist(): Promise<void>;
  refresh(): Promise<void>;
  dismissDegraded(id: number): void;
  /** The workers are gone: nothing can be asked any more. */
  lose(error: SextantError): void;
}

/** What a phase of loading is called. */
export const PHASES = {
  fetch: "reading the model",
  convert: "preparing its weights",
  compile: "compiling",
  check: "checking it against its reference vectors",
} as const satisfies Record<LoadProgress["phase"], string>;

export function createModelActions(context: SliceContext): ModelActions {
  const { engine, environment, read, write } = context;
  let lastId = 0;
  let latestLoading: LoadProgress | null = null;
  let frameAsked = false;

  function follow(event: EngineEvent): void {
    switch (event.type) {
      case "loading":
        latestLoading = event.progress;
        if (frameAsked) return;
        frameAsked = true;
        return environment.nextFrame(() => {
          frameAsked = false;
          write("model", { loading: latestLoading });
        });
      case "status":
        latestLoading = null;
        return write("model", { status: event.status, loading: null });
      case "degraded":
        return write("model", { degraded: [...read().model.degraded, { ...event, id: ++lastId }] });
      default:
        event satisfies never;
    }
  }

  const actions: ModelActions = {
    async start(signal) {
      engine.watch({}, { signal, onEvent: follow }).catch((error: unknown) => {
        context.actions.jobs.fail("Following the engine", error);
      });
      try {
        await context.actions.corpus.refresh();
        void context.actions.results.search(read().query.task);
        const status = await engine.status({}, { signal });
        write("model", { status, loading: null });
        await context.actions.corpus.resume(status.pending);
        const collection = collectionOf(read().corpus.collections, KIND_OF_TASK[read().query.task]);
        const isResumed = status.pending.some(({ collectionId }) => collectionId === collection?.id);
        if (!isResumed) await context.actions.corpus.index(read().query.task);
      } catch (error) {
        context.actions.jobs.fail("Starting", error);
      }
    },
    async setDevice(device) {
      const status = await context.actions.jobs.run("Changing the device", (signal, report) =>
        engine.setDevice(
          { device },
          {
            signal,
            onEvent: ({ phase, doneBytes: done, totalBytes: total }) =>
              report(PHASES[phase], { done, total, unit: "bytes", perSecond: null, secondsLeft: null }),
          },
        ),
      );
      if (status) write("model", { status });
      await context.actions.results.search(read().query.task);
    },
    async persist() {
      const label = "Keeping the data";
      try {
        const persisted = await environment.persist();
        const { status } = read().model;
        if (status) write("model", { status: { ...status, storage: { ...status.storage, persisted } } });
        context.actions.jobs.settle(label);
      } catch (error) {
        context.actions.jobs.fail(label, error);
      }
    },
    async refresh() {
      try {
        write("model", { status: await engine.status({}) });
      } catch (error) {
        context.actions.jobs.fail("Reading the status", error);
      }
    },
    dismissDegraded(id) {
      write("model", { degraded: read().model.degraded.filter((one) => one.id !== id) });
    },
    lose({ code, message }) {
      write("model", { lost: { code, message } });
    },
  };
  return actions;
}
