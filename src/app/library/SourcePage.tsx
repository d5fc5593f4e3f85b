import { useEffect, useState } from "react";
import type { Collection, Gap, Source, SourceFacts } from "../../contract/index.ts";
import { formatCount, formatDate, formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { NOUN_OF_KIND } from "../views/about.ts";
import { library } from "../words/en/library.ts";
import { useWords } from "../words/words.ts";
import { PassageList } from "./PassageList.tsx";
import { NameForm, SourceActions } from "./SourceActions.tsx";

interface SourcePageProps {
  readonly source: Source;
  readonly collection: Collection;
}

/** One source: what it is, what became of its text, and every passage of it. */
export function SourcePage({ source, collection }: SourcePageProps) {
  const words = useWords("library", library);
  const facts = useApp((state) => state.library.sourceFacts);
  const { library: actions } = useActions();
  const [renaming, setRenaming] = useState(false);
  const { id, name, total, done, sizeUtf16, addedAt, dateMs, format } = source;
  const isFinished = done === total;
  useEffect(() => void actions.look(id), [actions, id, isFinished]);
  return (
    <>
      <header className="library-page-head">
        {renaming ? (
          <NameForm
            name={name}
            onCancel={() => setRenaming(false)}
            onSave={(next) => {
              setRenaming(false);
              void actions.renameSource(source, next);
            }}
          />
        ) : (
          <h2 dir="auto">{name}</h2>
        )}
        <p className="sounding">
          {[
            formatNoun(total, NOUN_OF_KIND[collection.kind]),
            words.characters(formatCount(sizeUtf16)),
            words.addedOn(formatDate(addedAt)),
            dateMs === null ? "" : words.datedOn(formatDate(new Date(dateMs).toISOString())),
            words.readAs(format),
          ]
            .filter((fact) => fact !== "")
            .join(" · ")}
        </p>
        {!isFinished && (
          <p className="warning">
            {words.notIndexed(formatNoun(total - done, NOUN_OF_KIND[collection.kind]))}
          </p>
        )}
        <div className="library-tools">
          <SourceActions source={source} onRename={() => setRenaming(true)} />
        </div>
        {facts?.sourceId === id && <Became facts={facts} source={source} isFinished={isFinished} />}
      </header>
      <PassageList source={source} kind={collection.kind} />
    </>
  );
}

interface BecameProps {
  readonly facts: SourceFacts;
  readonly source: Source;
  readonly isFinished: boolean;
}

/** What was said when the source was read, and what of its text is in no passage. */
function Became({ facts, source, isFinished }: BecameProps) {
  const words = useWords("library", library);
  const { notices, droppedUtf16, gapCount, gaps } = facts;
  return (
    <div className="library-became">
      {notices.length === 0 ? (
        <p className="quiet">{words.nothingSaid}</p>
      ) : (
        <details open>
          <summary>{words.said}</summary>
          <ul>
            {notices.map(({ code, message }, i) => (
              <li key={i}>
                {message} <code>{code}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
      {isFinished && gapCount === 0 && <p className="quiet">{words.allTaken}</p>}
      {isFinished && gapCount > 0 && (
        <details>
          <summary>
            {words.dropped(words.characters(formatCount(droppedUtf16)), formatCount(gapCount))}
          </summary>
          {gapCount > gaps.length && <p className="quiet">{words.firstPlaces(formatCount(gaps.length))}</p>}
          <ul className="library-gaps">
            {gaps.map((gap) => (
              <GapRow key={gap.startUtf16} gap={gap} source={source} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function GapRow({ gap, source }: { readonly gap: Gap; readonly source: Source }) {
  const words = useWords("library", library);
  const { panel } = useActions();
  const { startUtf16, endUtf16, text } = gap;
  return (
    <li>
      <button
        type="button"
        className="link sounding"
        onClick={() => panel.read({ sourceId: source.id, name: source.name, startUtf16, endUtf16 })}
      >
        {words.place(formatCount(startUtf16), formatCount(endUtf16))}
      </button>{" "}
      <span className="library-gap" dir="auto">
        {text}
      </span>
    </li>
  );
}
