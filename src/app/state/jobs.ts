import { toSextantError, type ErrorCode } from "../../contract/index.ts";
import type { SliceContext } from "./slice.ts";

export interface JobProgress {
  readonly done: number;
  /** null while nobody has said. */
  readonly total: number | null;
  readonly unit: "passages" | "files" | "bytes";
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

/** Something long that is under way. */
export interface Job {
  readonly id: number;
  readonly label: string;
  readonly detail: string;
  readonly progress: JobProgress | null;
  readonly stopping: boolean;
}

/** Something that did not work; stays until it is dismissed or the same thing works. */
export interface Failure {
  readonly id: number;
  readonly label: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface JobsState {
  readonly running: readonly Job[];
  readonly failures: readonly Failure[];
}

export const initialJobs: JobsState = { running: [], failures: [] };

export type Report = (detail: string, progress: JobProgress | null) => void;

export interface JobsActions {
  /** Runs long work as a visible, stoppable job. Resolves to undefined when it was stopped or failed. */
  run<T>(
    label: string,
    work: (signal: AbortSignal, report: Report) => Promise<T>,
    options?: { readonly hiddenUntilReport?: boolean },
  ): Promise<T | undefined>;
  stop(id: number): void;
  /** Records a failure under its code; one that says only that something was stopped is not one. */
  fail(label: string, error: unknown): void;
  dismiss(id: number): void;
  /** Takes back the failures of a thing that has worked now. */
  settle(label: string): void;
}

export function createJobsActions(context: SliceContext): JobsActions {
  const { read, write, environment } = context;
  const controllersById = new Map<number, AbortController>();
  const latestById = new Map<number, Pick<Job, "detail" | "progress">>();
  let lastId = 0;
  let frameAsked = false;

  const list = (running: readonly Job[]) => write("jobs", { running });

  function flush(): void {
    frameAsked = false;
    const latest = new Map(latestById);
    latestById.clear();
    list(read().jobs.running.map((job) => ({ ...job, ...latest.get(job.id) })));
  }

  const actions: JobsActions = {
    async run(label, work, options = {}) {
      const id = ++lastId;
      const controller = new AbortController();
      controllersById.set(id, controller);
      let shown = false;
      const show = (): void => {
        if (shown || controller.signal.aborted) return;
        shown = true;
        list([...read().jobs.running, { id, label, detail: "", progress: null, stopping: false }]);
      };
      if (options.hiddenUntilReport !== true) show();
      try {
        const result = await work(controller.signal, (detail, progress) => {
          if (controller.signal.aborted) return;
          show();
          latestById.set(id, { detail, progress });
          if (frameAsked) return;
          frameAsked = true;
          environment.nextFrame(flush);
        });
        actions.settle(label);
        return result;
      } catch (error) {
        actions.fail(label, error);
        return undefined;
      } finally {
        controllersById.delete(id);
        latestById.delete(id);
        list(read().jobs.running.filter((job) => job.id !== id));
      }
    },
    stop(id) {
      list(read().jobs.running.map((job) => (job.id === id ? { ...job, stopping: true } : job)));
      controllersById.get(id)?.abort();
    },
    fail(label, error) {
      const { code, message } = toSextantError(error);
      if (code === "base/aborted") return;
      const others = read().jobs.failures.filter((failure) => failure.label !== label);
      write("jobs", { failures: [...others, { id: ++lastId, label, code, message }] });
    },
    dismiss(id) {
      write("jobs", { failures: read().jobs.failures.filter((failure) => failure.id !== id) });
    },
    settle(label) {
      if (read().jobs.failures.some((failure) => failure.label === label))
        write("jobs", { failures: read().jobs.failures.filter((failure) => failure.label !== label) });
    },
  };
  return actions;
}
