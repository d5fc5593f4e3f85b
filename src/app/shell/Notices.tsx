import { lazy, Suspense } from "react";
import { JobRow } from "../parts/JobRow.tsx";
import { Notice } from "../parts/Notice.tsx";
import { Told } from "../parts/Told.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { Failures } from "../parts/Failures.tsx";
import { ModelNotices } from "./ModelNotices.tsx";
import { UpdateNotice } from "./UpdateNotice.tsx";
import { formatCount } from "../parts/format.ts";
import { ingest } from "../words/en/ingest.ts";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

const UndoNotices = lazy(async () => ({
  default: (await import("../library/UndoNotices.tsx")).UndoNotices,
}));

const BegunImports = lazy(async () => ({
  default: (await import("../library/BegunImports.tsx")).BegunImports,
}));

const SafetyNotices = lazy(async () => ({
  default: (await import("../library/SafetyNotices.tsx")).SafetyNotices,
}));

const Queue = lazy(async () => ({ default: (await import("../queue/Queue.tsx")).Queue }));

/** What is under way, what went wrong, what has changed: each stays until it is over or dismissed. */
export function Notices({ onUpdate }: { readonly onUpdate: () => void }) {
  const running = useApp((state) => state.jobs.running);
  const notices = useApp((state) => state.corpus.notices);
  const hasQueue = useApp(
    ({ queue, corpus }) => queue.files.length + queue.unread.length + corpus.offers.length > 0,
  );
  const hasUndo = useApp(({ library }) => library.told.length > 0);
  const isUnsafe = useApp(({ safety: { evicted, keeping } }) => evicted !== null || keeping !== "unasked");
  const hasBegun = useApp(({ library }) => library.begun.length > 0);
  const offers = useApp((state) => state.undo.offers);
  const { corpus, undo } = useActions();
  const words = useWords("shell", shell);
  const ingestWords = useWords("ingest", ingest);
  return (
    <section className="notices" aria-label={words.notices}>
      <UpdateNotice onUpdate={onUpdate} />
      <Suspense>{isUnsafe && <SafetyNotices />}</Suspense>
      <Suspense>{hasBegun && <BegunImports />}</Suspense>
      <Suspense>{hasQueue && <Queue />}</Suspense>
      <Suspense>{hasUndo && <UndoNotices />}</Suspense>
      {running.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
      <ModelNotices />
      {offers.map(({ id, said }) => (
        <Notice key={id} tone="plain" onDismiss={() => undo.dismiss(id)}>
          {said}{" "}
          <button type="button" className="link" onClick={() => void undo.take(id)}>
            {words.undo}
          </button>
        </Notice>
      ))}
      <Failures />
      {notices.map(({ id, level, code, file, others, message }) => (
        <Notice key={id} tone={level} code={code} onDismiss={() => corpus.dismissNotice(id)}>
          <strong dir="auto">{others === 0 ? file : ingestWords.andMore(file, formatCount(others))}:</strong>{" "}
          <Told code={code} message={message} />
        </Notice>
      ))}
    </section>
  );
}
