import { lazy, Suspense, useState } from "react";
import type { Passage } from "../../../contract/index.ts";
import { formatDate, formatNoun } from "../../parts/format.ts";
import { WindowedList } from "../../parts/WindowedList.tsx";
import { useApp } from "../../state/context.tsx";
import { selectCollection, selectSources } from "../../state/select.ts";
import { usePassages } from "../use-passages.ts";
import { rankById } from "../ranks.ts";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

const PassageDialog = lazy(async () => ({
  default: (await import("../../library/PassageDialog.tsx")).PassageDialog,
}));

const ROW_REM = 5;
/** As many exchanges as are lit: more would light up most of a short history. */
const LIT = 8;

/** The exchanges in the order in which they were said; recalled ones are lit where they stand. */
export function Timeline() {
  const collection = useApp((state) => selectCollection(state, "chat"));
  const { result, selected } = useApp((state) => state.results.chat);
  const { total, rowAt, onRows } = usePassages(collection ? { collectionId: collection.id } : {});
  const sources = useApp((state) => selectSources(state, "chat"));
  const [looked, setLooked] = useState<Passage | null>(null);
  const words = useWords("views", views).chat;
  const source = sources.find(({ id }) => id === looked?.sourceId);
  const ranks = rankById(result?.hits.slice(0, LIT) ?? []);
  const hit = result?.hits[selected];
  const reveal = hit ? rowOfPassage(hit.passage, total, rowAt) : Math.max(0, total - 1);
  if (total === 0) return null;
  return (
    <section className="timeline" aria-label={words.said}>
      <p className="quiet">
        {words.oldestFirst(formatNoun(total, "exchange"))}
        {ranks.size > 0 && words.recalled(String(ranks.size))}
      </p>
      <WindowedList
        label={words.list}
        total={total}
        rowRem={ROW_REM}
        onRows={onRows}
        reveal={reveal}
        renderRow={(row) => (
          <Exchange passage={rowAt(row)} rank={ranks.get(rowAt(row)?.id ?? -1)} onLook={setLooked} />
        )}
      />
      <Suspense>
        {looked && source && (
          <PassageDialog
            passage={rowAt(rowOfPassage(looked, total, rowAt)) ?? looked}
            source={source}
            kind="exchange"
            isOpen
            onOpen={(isOpen) => !isOpen && setLooked(null)}
          />
        )}
      </Suspense>
    </section>
  );
}

function rowOfPassage(
  { id, ordinal }: Passage,
  total: number,
  rowAt: (row: number) => Passage | undefined,
): number {
  for (let row = 0; row < total; row++) if (rowAt(row)?.id === id) return row;
  return Math.min(ordinal, Math.max(0, total - 1));
}

interface ExchangeProps {
  readonly passage: Passage | undefined;
  readonly rank: number | undefined;
  readonly onLook: (passage: Passage) => void;
}

/** An exchange as it was said; looked at closer it can be edited or deleted. */
function Exchange({ passage, rank, onLook }: ExchangeProps) {
  const words = useWords("views", views).chat;
  if (passage === undefined) return <p className="quiet">…</p>;
  const { record, text } = passage;
  return (
    <article className="exchange" data-rank={rank}>
      <button
        type="button"
        className="link exchange-look"
        aria-label={words.lookAt(record.kind === "exchange" ? record.speaker1 : text)}
        onClick={() => onLook(passage)}
      >
        {words.look}
      </button>
      {rank !== undefined && <span className="lit-rank">{rank}</span>}
      {record.kind === "exchange" ? (
        <>
          <p className="said-first" dir="auto">
            {record.speaker1}
          </p>
          <p className="said-second" dir="auto">
            {record.speaker2}
          </p>
          {record.at !== undefined && <time className="sounding">{formatDate(record.at)}</time>}
        </>
      ) : (
        <p className="said-second" dir="auto">
          {text}
        </p>
      )}
    </article>
  );
}
