import { KIND_OF_TASK, type Source, type TaskId } from "../../contract/index.ts";
import { Collections } from "../collections/Collections.tsx";
import { Tags } from "../collections/Tags.tsx";
import { LibraryLink } from "../library/LibraryLink.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { isUnderWay } from "../state/queue.ts";
import { selectCollection, selectSources } from "../state/select.ts";
import { NOUN_OF_KIND } from "../views/about.ts";
import { shownName } from "../state/collection-name.ts";
import { Adapted } from "./Adapted.tsx";
import { AddMaterial } from "./AddMaterial.tsx";
import { useWords } from "../words/words.ts";
import { formatCount, formatDate, formatNoun, type Noun } from "./format.ts";
import { WindowedList } from "./WindowedList.tsx";
import { material } from "../words/en/material.ts";

const WINDOWED_FROM = 100;
const ROW_REM = 4.5;

/** Land: what was brought, source by source, and ways of bringing more. */
export function MaterialPanel({ task }: { readonly task: TaskId }) {
  const sources = useApp((state) => selectSources(state, task));
  const collection = useApp((state) => selectCollection(state, task));
  const words = useWords("material", material);
  const kind = KIND_OF_TASK[task];
  const passages = sources.reduce((sum, source) => sum + source.total, 0);
  return (
    <aside tabIndex={-1} className="panel land" aria-label={words.title}>
      <header className="panel-head">
        <h2 dir="auto">{collection && shownName(collection)}</h2>
        <p className="sounding">
          {words.counts(formatNoun(sources.length, "source"), formatNoun(passages, NOUN_OF_KIND[kind]))}
        </p>
        <p className="panel-ways">
          <Collections task={task} />
          <LibraryLink task={task} />
        </p>
      </header>
      <Unfinished task={task} sources={sources} />
      <Adapted task={task} />
      {sources.length > WINDOWED_FROM ? (
        <WindowedList
          label={words.sources}
          className="sources"
          total={sources.length}
          rowRem={ROW_REM}
          renderRow={(row) => {
            const source = sources[row];
            return source && <SourceRow source={source} noun={NOUN_OF_KIND[kind]} />;
          }}
        />
      ) : (
        <ul className="sources">
          {sources.map((source) => (
            <li key={source.id}>
              <SourceRow source={source} noun={NOUN_OF_KIND[kind]} />
            </li>
          ))}
        </ul>
      )}
      <AddMaterial task={task} />
    </aside>
  );
}

interface UnfinishedProps {
  readonly task: TaskId;
  readonly sources: readonly Source[];
}

/** Indexing was stopped before its end: how far it came, and a way to go on. */
function Unfinished({ task, sources }: UnfinishedProps) {
  const busy = useApp((state) => state.jobs.running.length > 0 || state.queue.files.some(isUnderWay));
  const { corpus } = useActions();
  const words = useWords("material", material);
  const waiting = sources.reduce((sum, { total, done }) => sum + total - done, 0);
  if (busy || waiting === 0) return null;
  return (
    <p className="warning">
      {words.notIndexed(formatNoun(waiting, NOUN_OF_KIND[KIND_OF_TASK[task]]))}{" "}
      <button type="button" className="link" onClick={() => void corpus.index(task)}>
        {words.goOnIndexing}
      </button>
    </p>
  );
}

function SourceRow({ source, noun }: { readonly source: Source; readonly noun: Noun }) {
  const { panel, library } = useActions();
  const words = useWords("material", material);
  const { id, name, total, done, addedAt } = source;
  return (
    <div className="source">
      <button
        type="button"
        className="source-name link"
        title={words.read(name)}
        dir="auto"
        onClick={() => panel.read({ sourceId: id, name, startUtf16: 0, endUtf16: 0 })}
      >
        {name}
      </button>
      <span className="quiet">
        {done < total ? words.doneOf(formatCount(done), formatNoun(total, noun)) : formatNoun(total, noun)}
        {", "}
        {formatDate(addedAt)}, <Tags source={source} />
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label={words.removeNamed(name)}
        title={words.remove}
        onClick={() => void library.remove([source])}
      >
        ×
      </button>
    </div>
  );
}
