import { JobRow } from "../parts/JobRow.tsx";
import { Notice } from "../parts/Notice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { Failures } from "../parts/Failures.tsx";
import { ModelNotices } from "./ModelNotices.tsx";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

/** What is under way, what went wrong, what has changed: each stays until it is over or dismissed. */
export function Notices({ onUpdate }: { readonly onUpdate: () => void }) {
  const running = useApp((state) => state.jobs.running);
  const notices = useApp((state) => state.corpus.notices);
  const updateReady = useApp((state) => state.panel.updateReady);
  const { corpus } = useActions();
  const words = useWords("shell", shell);
  return (
    <section className="notices" aria-label={words.notices}>
      {updateReady && (
        <Notice tone="plain">
          {words.newVersion}{" "}
          <button type="button" className="link" onClick={onUpdate}>
            {words.reload}
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
