import { Progress } from "@base-ui/react/progress";
import { useActions } from "../state/context.tsx";
import type { Job, JobProgress } from "../state/jobs.ts";
import { formatBytes, formatCount, formatSeconds } from "./format.ts";

interface JobRowProps {
  readonly job: Job;
  /** What stopping it is called. */
  readonly stop?: string;
}

/** Long work: what, how far, how fast, how long still, and a way to end it. */
export function JobRow({ job, stop = "Stop" }: JobRowProps) {
  const { jobs } = useActions();
  const { id, label, detail, progress, stopping } = job;
  const max = progress?.total ?? null;
  return (
    <div className="job">
      <p className="job-label">
        {label}
        {detail !== "" && !label.includes(detail) && <span className="quiet"> {detail}</span>}
      </p>
      <Progress.Root
        className="progress"
        aria-label={label}
        value={progress && max !== null && max > 0 ? Math.min(progress.done, max) : null}
        max={max ?? 100}
        getAriaValueText={() => (progress ? describe(progress) : "under way")}
      >
        <Progress.Track className="progress-track">
          <Progress.Indicator className="progress-bar" />
        </Progress.Track>
      </Progress.Root>
      <p className="job-counts sounding">{progress && describe(progress)}</p>
      <button type="button" className="button" disabled={stopping} onClick={() => jobs.stop(id)}>
        {stopping ? "Stopping" : stop}
      </button>
    </div>
  );
}

function describe({ done, total, unit, perSecond, secondsLeft }: JobProgress): string {
  const format = unit === "bytes" ? formatBytes : formatCount;
  const counts = total === null ? format(done) : `${format(done)} of ${format(total)}`;
  const noun = unit === "bytes" ? "" : ` ${unit}`;
  const rate = perSecond === null ? "" : `, ${formatRate(perSecond, unit)}/s`;
  const left = secondsLeft === null ? "" : `, ${formatSeconds(secondsLeft)} left`;
  return counts + noun + rate + left;
}

function formatRate(perSecond: number, unit: JobProgress["unit"]): string {
  if (unit === "bytes") return formatBytes(Math.round(perSecond));
  return perSecond.toFixed(perSecond < 10 ? 1 : 0);
}
