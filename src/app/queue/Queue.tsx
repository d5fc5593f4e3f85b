import { Progress } from "@base-ui/react/progress";
import { useState } from "react";
import { formatCount } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { isUnderWay, isUnread } from "../state/queue.ts";
import { ingest } from "../words/en/ingest.ts";
import { queue as english } from "../words/en/queue.ts";
import { useWords } from "../words/words.ts";
import { ColumnsForm } from "./ColumnsForm.tsx";
import { FailedFile } from "./FailedFile.tsx";
import { FileList } from "./FileList.tsx";
import { Offers } from "./Offers.tsx";
import { OlderForms } from "./OlderForms.tsx";
import { Unread } from "./Unread.tsx";

/** More failures than these scroll in a box of their own. */
const OPEN_FAILURES = 4;

/** What is being put in, file by file: how far it is, what went wrong and the way out, and what a person has to decide. */
export function Queue() {
  const files = useApp((state) => state.queue.files);
  const failed = files.filter(({ state }) => state === "failed");
  const unsure = files.filter(({ columns }) => columns !== null);
  const { queue } = useActions();
  const words = useWords("queue", english);
  return (
    <>
      <Unread />
      <Offers />
      <OlderForms />
      {(files.some(isUnderWay) || failed.length > 1) && <Head />}
      {unsure.map((file) => file.columns && <ColumnsForm key={file.id} file={file} columns={file.columns} />)}
      {failed.length > 0 && (
        <div
          role="group"
          className="failed-files"
          data-many={failed.length > OPEN_FAILURES || undefined}
          tabIndex={failed.length > OPEN_FAILURES ? 0 : undefined}
          aria-label={words.failedFiles(formatCount(failed.length))}
        >
          {failed.map((file) => (
            <FailedFile key={file.id} file={file} onDismiss={() => queue.drop(file.id)} />
          ))}
        </div>
      )}
    </>
  );
}

/** How far all of it is, and how to halt it. */
function Head() {
  const files = useApp((state) => state.queue.files);
  const paused = useApp((state) => state.queue.paused);
  const { queue } = useActions();
  const words = useWords("queue", english);
  const common = useWords("ingest", ingest);
  const [shown, setShown] = useState(false);
  const failed = files.filter(({ state }) => state === "failed");
  const read = files.filter((file) => !isUnread(file)).length;
  const isOver = !files.some(isUnderWay);
  const count = formatCount(files.length);
  const only = files.length === 1 ? files[0] : undefined;
  const label = isOver
    ? words.failedFiles(formatCount(failed.length))
    : paused
      ? words.pausedFiles(count)
      : only
        ? common.adding(only.name)
        : words.addingFiles(count);
  const counts = [
    words.readOf(formatCount(read), count),
    failed.length > 0 ? words.failed(formatCount(failed.length)) : "",
  ];
  return (
    <div className="queue" role="group" aria-label={words.files}>
      <p className="job-label">{label}</p>
      {!isOver && (
        <>
          <Progress.Root className="progress" aria-label={label} value={read} max={files.length}>
            <Progress.Track className="progress-track">
              <Progress.Indicator className="progress-bar" />
            </Progress.Track>
          </Progress.Root>
          <p className="queue-counts sounding">{counts.filter((part) => part !== "").join(", ")}</p>
        </>
      )}
      <div className="queue-ways">
        {!isOver && (
          <>
            <button
              type="button"
              className="button"
              onClick={() => (paused ? queue.resume() : void queue.pause())}
            >
              {paused ? words.resume : words.pause}
            </button>
            <button type="button" className="button" onClick={() => void queue.cancel()}>
              {common.cancel}
            </button>
          </>
        )}
        {files.length > 1 && !isOver && (
          <button type="button" className="link" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? words.hide : words.show}
          </button>
        )}
        {isOver && (
          <button
            type="button"
            className="button"
            onClick={() => failed.forEach((file) => queue.drop(file.id))}
          >
            {words.dismissAll}
          </button>
        )}
      </div>
      {shown && !isOver && <FileList files={files} />}
    </div>
  );
}
