import type { AppState } from "./store.ts";

type Parts = Pick<AppState, "jobs" | "queue" | "answers">;

/** Whether something would be cut short by a reload: a job, a file that is read, an answer or a model on its way. */
export function isUnderWay({ jobs, queue, answers }: Parts): boolean {
  return (
    jobs.running.length > 0 ||
    (!queue.paused && queue.files.some(({ state }) => state === "waiting" || state === "reading")) ||
    answers.device.progress !== null ||
    Object.values(answers.runs).some((run) => run !== undefined && run.phase !== "done")
  );
}
