import { Progress } from "@base-ui/react/progress";
import { useActions } from "../state/context.tsx";
import type { Job, JobProgress } from "../state/jobs.ts";
import { formatBytes, formatCount, formatSeconds } from "./format.ts";
import { work } from "../words/en/work.ts";
import { useWords, wordsOf } from "../words/words.ts";

interface JobRowProps {
  readonly job: Job;
  /** What stopping it is called. */
  readonly stop?: string;
}

/** Long work: what, how far, how fast, how long still, and a way to end it. */
export function JobRow({ job, stop }: JobRowProps) {
  const words = useWords("work", work);
  const { jobs } = useActions();
  const { id, label, detail, progress, stopping } = job;
  const max = progress?.total ?? null;
  return (
    <div className="job">
      <p className="job-label">
        {label}
        {detail !== "" && !label.includes(detail) && (
          <span className="quiet" dir="auto">
            {" "}
            {detail}
          </span>
        )}
      </p>
      <Progress.Root
        className="progress"
        aria-label={label}
        value={progress && max !== null && max > 0 ? Math.min(progress.done, max) : null}
        max={max ?? 100}
        getAriaValueText={() => (progress ? describe(progress) : words.underWay)}
      >
        <Progress.Track className="progress-track">
          <Progress.Indicator className="progress-bar" />
        </Progress.Track>
      </Progress.Root>
      <p className="job-counts sounding">{progress && describe(progress)}</p>
      <button type="button" className="button" disabled={stopping} onClick={() => jobs.stop(id)}>
        {stopping ? words.stopping : (stop ?? words.stop)}
      </button>
    </div>
  );
}

function describe({ done, total, unit, perSecond, secondsLeft }: JobProgress): string {
  const words = wordsOf("work", work);
  const format = unit === "bytes" ? formatBytes : formatCount;
  const counts = total === null ? format(done) : words.progress(format(done), format(total));
  const rate = perSecond === null ? "" : words.rate(formatRate(perSecond, unit));
  const left = secondsLeft === null ? "" : words.left(formatSeconds(secondsLeft));
  return (unit === "bytes" ? counts : words.inUnit(counts, words.units[unit])) + rate + left;
}

function formatRate(perSecond: number, unit: JobProgress["unit"]): string {
  if (unit === "bytes") return formatBytes(Math.round(perSecond));
  return perSecond.toFixed(perSecond < 10 ? 1 : 0);
}
