import { formatCount } from "../parts/format.ts";
import { WindowedList } from "../parts/WindowedList.tsx";
import { useActions, useApp } from "../state/context.tsx";
import type { QueuedFile } from "../state/queue.ts";
import type { AppState } from "../state/store.ts";
import { queue as english } from "../words/en/queue.ts";
import { useWords } from "../words/words.ts";

const ROW_REM = 2;

/** Every file with what it is at; one that waits can be taken off. */
export function FileList({ files }: { readonly files: readonly QueuedFile[] }) {
  const words = useWords("queue", english);
  return (
    <WindowedList
      className="queue-files"
      label={words.files}
      total={files.length}
      rowRem={ROW_REM}
      renderRow={(row) => {
        const file = files[row];
        return file && <Row file={file} />;
      }}
    />
  );
}

/** Passages of what became of a file, stored and in all. */
function passagesOf(
  { corpus }: AppState,
  { collectionId, sourceIds }: QueuedFile,
): readonly [number, number] {
  const sources = (corpus.sourcesByCollection[collectionId] ?? []).filter(({ id }) => sourceIds.includes(id));
  return sources.reduce<[number, number]>(
    ([done, total], one) => [done + one.done, total + one.total],
    [0, 0],
  );
}

function Row({ file }: { readonly file: QueuedFile }) {
  const done = useApp((state) => passagesOf(state, file)[0]);
  const total = useApp((state) => passagesOf(state, file)[1]);
  const { queue } = useActions();
  const words = useWords("queue", english);
  const { id, name, state } = file;
  const said =
    state !== "stored"
      ? words.states[state]
      : done < total || total === 0
        ? words.states.indexing(formatCount(done), formatCount(total))
        : words.states.done;
  return (
    <div className="queue-file">
      <span className="queue-file-name" title={name} dir="auto">
        {name}
      </span>
      <span className="sounding">{said}</span>
      {state === "waiting" && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.takeOff(name)}
          onClick={() => queue.drop(id)}
        >
          ×
        </button>
      )}
    </div>
  );
}
