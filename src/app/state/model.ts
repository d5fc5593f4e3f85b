import {
  KIND_OF_TASK,
  SextantError,
  toSextantError,
  type DeviceChoice,
  type EngineEvent,
  type EngineStatus,
  type ErrorCode,
  type Features,
  type LoadProgress,
} from "../../contract/index.ts";
import { collectionOf } from "./corpus.ts";
import type { Report } from "./jobs.ts";
import type { SliceContext } from "./slice.ts";
import { work } from "../words/en/work.ts";
import { wordsOf } from "../words/words.ts";

export type Degraded = Extract<EngineEvent, { type: "degraded" }> & { readonly id: number };
export type Restarted = Extract<EngineEvent, { type: "restarted" }> & { readonly id: number };

/** Why something is not there. */
export interface Reason {
  readonly code: ErrorCode;
  readonly message: string;
}

export interface ModelState {
  readonly status: EngineStatus | null;
  readonly features: Features | null;
  /** The model on its way into memory; null when it is there. */
  readonly loading: LoadProgress | null;
  /** Why the model that was chosen could not be opened at start; null when one is open. */
  readonly unopened: Reason | null;
  /** Why the engine is gone for good; null while it is there. */
  readonly lost: Reason | null;
  /** Falls to another device or precision, until they are dismissed. */
  readonly degraded: readonly Degraded[];
  /** Restarts of the engine, until they are dismissed. */
  readonly restarted: readonly Restarted[];
}

export const initialModel: ModelState = {
  status: null,
  features: null,
  loading: null,
  unopened: null,
  lost: null,
  degraded: [],
  restarted: [],
};

export interface ModelActions {
  /** Shows what is here, follows the engine until `signal` aborts, and opens the model. */
  start(signal: AbortSignal): Promise<void>;
  /** Opens the model that was chosen last, then resumes what was interrupted. */
  open(signal?: AbortSignal): Promise<void>;
  /** Takes over the status after another model or device was opened, and finishes what waits for it. */
  opened(status: EngineStatus): Promise<void>;
  setDevice(device: DeviceChoice): Promise<void>;
  persist(): Promise<void>;
  refresh(): Promise<void>;
  /** Takes a fall or a restart off the page. */
  dismiss(id: number): void;
  /** The workers are gone: nothing can be asked any more. */
  lose(error: SextantError): void;
}

const words = () => wordsOf("work", work);

/** Shows how far a model's opening is. */
export function reportLoading(report: Report) {
  return ({ phase, doneBytes: done, totalBytes: total }: LoadProgress): void =>
    report(words().phases[phase], { done, total, unit: "bytes", perSecond: null, secondsLeft: null });
}

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
        return hasOpened(event.status);
      case "unopened":
        return void failed(event);
      case "degraded":
        return write("model", { degraded: [...read().model.degraded, { ...event, id: ++lastId }] });
      case "restarted":
        // What was loading there is asked for again, or not.
        latestLoading = null;
        write("model", {
          loading: null,
          restarted: [...read().model.restarted, { ...event, id: ++lastId }],
        });
        return context.actions.models.forgetVisit();
      case "adaptation":
        return context.actions.adaptation.take(event.status);
      case "changed":
        void context.actions.library.recallImports();
        return context.actions.corpus.refreshSoon();
      case "corpus-loaded":
        if (!read().results[event.task].result?.notLoaded) return;
        return void context.actions.results.search(event.task);
      default:
        event satisfies never;
    }
  }

  /** Here or through another tab; what failed for want of a model is asked again. */
  function hasOpened(status: EngineStatus): void {
    const wasUnopened = read().model.unopened !== null;
    latestLoading = null;
    write("model", { status, loading: null, unopened: null });
    context.actions.jobs.settle(words().starting);
    const { task } = read().query;
    if (wasUnopened) void context.actions.results.search(task);
  }

  async function failed({ code, message }: Reason): Promise<void> {
    latestLoading = null;
    write("model", { loading: null });
    if (!code.startsWith("model/") && !code.startsWith("gpu/"))
      return context.actions.jobs.fail(words().starting, new SextantError(code, message));
    const isNews = read().model.unopened?.code !== code;
    write("model", { unopened: { code, message } });
    context.actions.jobs.settle(words().searching);
    if (isNews) await context.actions.models.refresh();
  }

  const actions: ModelActions = {
    async start(signal) {
      engine.watch({}, { signal, onEvent: follow }).catch((error: unknown) => {
        context.actions.jobs.fail(words().followingEngine, error);
      });
      await context.actions.corpus.refresh();
      context.actions.queue.recall();
      void context.actions.library.recallImports();
      void context.actions.results.search(read().query.task);
      await actions.open(signal);
    },
    async open(signal) {
      try {
        await actions.opened(await engine.status({}, signal ? { signal } : {}));
      } catch (error) {
        await failed(toSextantError(error));
      }
    },
    async opened(status) {
      const wasOpen = read().model.status !== null;
      write("model", { status, loading: null, unopened: null });
      const { task } = read().query;
      if (wasOpen || read().results[task].phase === "failed") void context.actions.results.search(task);
      await context.actions.corpus.resume(status.pending);
      const collection = collectionOf(read().corpus, KIND_OF_TASK[task]);
      const isResumed = status.pending.some(({ collectionId }) => collectionId === collection?.id);
      if (!isResumed) await context.actions.corpus.indexOrOffer(task);
    },
    async setDevice(device) {
      const wasUnopened = read().model.unopened !== null;
      const status = await context.actions.jobs.run(words().changingDevice, (signal, report) =>
        engine.setDevice({ device }, { signal, onEvent: reportLoading(report) }),
      );
      if (status && wasUnopened) return actions.opened(status);
      if (status) write("model", { status });
      await context.actions.results.search(read().query.task);
    },
    async persist() {
      const label = words().keepingData;
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
        context.actions.jobs.fail(words().readingStatus, error);
      }
    },
    dismiss(id) {
      const others = <T extends { readonly id: number }>(all: readonly T[]) =>
        all.filter((one) => one.id !== id);
      const { degraded, restarted } = read().model;
      write("model", { degraded: others(degraded), restarted: others(restarted) });
    },
    lose({ code, message }) {
      write("model", { lost: { code, message } });
    },
  };
  return actions;
}
