import { useRef } from "react";
import { useActions } from "../state/context.tsx";
import { fromDisk, type QueuedFile } from "../state/queue.ts";
import { Remedy } from "../parts/Remedy.tsx";
import { Told } from "../parts/Told.tsx";
import { queue as english } from "../words/en/queue.ts";
import { useWords } from "../words/words.ts";

interface FailedFileProps {
  readonly file: QueuedFile;
  readonly onDismiss: () => void;
}

/** A file that was not taken: why, and ways of trying it again. */
export function FailedFile({ file, onDismiss }: FailedFileProps) {
  const { queue } = useActions();
  const words = useWords("queue", english);
  const input = useRef<HTMLInputElement>(null);
  const { id, name, failure, isFile } = file;
  return (
    <div className="notice" data-tone="error" role="alert">
      <p>
        <strong dir="auto">{name}:</strong> {failure && <Told {...failure} />} <code>{failure?.code}</code>{" "}
        {failure && <Remedy code={failure.code} onLeft={onDismiss} />}
      </p>
      <button
        type="button"
        className="button"
        aria-label={words.retryFile(name)}
        onClick={() => void queue.retry(id)}
      >
        {words.retry}
      </button>
      {isFile && (
        <>
          <button
            type="button"
            className="button"
            aria-label={words.chooseFileAnew(name)}
            onClick={() => input.current?.click()}
          >
            {words.chooseAnew}
          </button>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={words.chooseFileAnew(name)}
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen) void queue.retry(id, fromDisk(chosen));
              event.currentTarget.value = "";
            }}
          />
        </>
      )}
      <button type="button" className="icon-button" aria-label={words.dismiss} onClick={onDismiss}>
        ×
      </button>
    </div>
  );
}
