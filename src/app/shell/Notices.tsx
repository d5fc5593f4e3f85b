import { JobRow } from "../parts/JobRow.tsx";
import { Notice } from "../parts/Notice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { Failures } from "../parts/Failures.tsx";
import { ModelNotices } from "./ModelNotices.tsx";

/** What is under way, what went wrong, what has changed: each stays until it is over or dismissed. */
export function Notices({ onUpdate }: { readonly onUpdate: () => void }) {
  const running = useApp((state) => state.jobs.running);
  const notices = useApp((state) => state.corpus.notices);
  const updateReady = useApp((state) => state.panel.updateReady);
  const { corpus } = useActions();
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
      <ModelNotices />
      <Failures />
      {notices.map(({ id, level, code, file, message }) => (
        <Notice key={id} tone={level} code={code} onDismiss={() => corpus.dismissNotice(id)}>
          <strong>{file}:</strong> {message}
        </Notice>
      ))}
    </section>
  );
}
