import { Progress } from "@base-ui/react/progress";
import type { ReactNode } from "react";
import { formatBytes, formatCount, formatSeconds } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import type { Job, JobProgress } from "../state/jobs.ts";

/** What is under way, what went wrong, what has changed: each stays until it is over or dismissed. */
export function Notices({ onUpdate }: { readonly onUpdate: () => void }) {
  const { running, failures } = useApp((state) => state.jobs);
  const notices = useApp((state) => state.corpus.notices);
  const degraded = useApp((state) => state.model.degraded);
  const updateReady = useApp((state) => state.panel.updateReady);
  const { jobs, corpus, model } = useActions();
  return (
    <section className="notices" aria-label="Notices">
      {updateReady && (
        <Notice tone="plain">
          A new version of Sextant is here.{" "}
          <button type="button" className="link" onClick={onUpdate}>
            Reload to update
          </button>
        </Notice>
      )}
      {running.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
      {degraded.map(({ id, what, from, to, why, code }) => (
        <Notice key={id} tone="warning" code={code} onDismiss={() => model.dismissDegraded(id)}>
          <strong>
            The {what} changed from {from} to {to}.
          </strong>{" "}
          {why}
        </Notice>
      ))}
      {failures.map(({ id, label, code, message }) => (
        <Notice key={id} tone="error" code={code} onDismiss={() => jobs.dismiss(id)}>
          <strong>{label}:</strong> {message}
        </Notice>
      ))}
      {notices.map(({ id, level, code, file, message }) => (
        <Notice key={id} tone={level} code={code} onDismiss={() => corpus.dismissNotice(id)}>
          <strong>{file}:</strong> {message}
        </Notice>
      ))}
    </section>
  );
}

interface NoticeProps {
  readonly tone: "plain" | "warning" | "error";
  readonly code?: string;
  readonly onDismiss?: () => void;
  readonly children: ReactNode;
}

function Notice({ tone, code, onDismiss, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={tone === "error" ? "alert" : "status"}>
      <p>
        {children} {code !== undefined && <code>{code}</code>}
      </p>
      {onDismiss && (
        <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}>
          ×
        </button>
      )}
    </div>
  );
}

function JobRow({ job }: { readonly job: Job }) {
  const { jobs } = useActions();
  const { id, label, detail, progress, stopping } = job;
  return (
    <div className="job">
      <p className="job-label">
        {label}
        {detail !== "" && !label.includes(detail) && <span className="quiet"> {detail}</span>}
      </p>
      <Progress.Root
        className="progress"
        aria-label={label}
        value={progress && progress.total > 0 ? progress.done : null}
        max={progress?.total ?? 100}
        getAriaValueText={() => (progress ? describe(progress) : "under way")}
      >
        <Progress.Track className="progress-track">
          <Progress.Indicator className="progress-bar" />
        </Progress.Track>
      </Progress.Root>
      <p className="job-counts sounding">{progress && describe(progress)}</p>
      <button type="button" className="button" disabled={stopping} onClick={() => jobs.stop(id)}>
        {stopping ? "Stopping" : "Stop"}
      </button>
    </div>
  );
}

function describe({ done, total, unit, perSecond, secondsLeft }: JobProgress): string {
  const counts =
    unit === "bytes"
      ? `${formatBytes(done)} of ${formatBytes(total)}`
      : `${formatCount(done)} of ${formatCount(total)} ${unit}`;
  const rate = perSecond === null ? "" : `, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`;
  const left = secondsLeft === null ? "" : `, ${formatSeconds(secondsLeft)} left`;
  return counts + rate + left;
}
