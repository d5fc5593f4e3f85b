import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { bestSentence, type BarScale } from "../../chart/index.ts";
import type { Hit, Passage, ScoredSentence, SearchResult, TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { selectResults } from "../state/select.ts";
import { hits as english } from "../words/en/hits.ts";
import { ingest } from "../words/en/ingest.ts";
import { useWords } from "../words/words.ts";
import { Contributions } from "./Contributions.tsx";
import { Feedback } from "../hits/Feedback.tsx";
import { formatCount } from "./format.ts";
import { MarkedText } from "./MarkedText.tsx";
import { formatPage } from "./pages.ts";
import { RankMove, type Former } from "./RankMove.tsx";
import { ScoreMark } from "./ScoreMark.tsx";
import { WhyHit } from "../hits/WhyHit.tsx";

const NO_SENTENCES: readonly ScoredSentence[] = [];

/** A tool's name and description; its parameters are shown as such below. */
function headOf(text: string): Hit["snippet"] {
  const end = text.indexOf("\n", text.indexOf("\n") + 1);
  return { start: 0, end: end < 0 ? text.length : end };
}

/** The place in the source of a sentence, or of the whole passage where its text is not the source's own. */
function placeOf({ startUtf16, endUtf16, text }: Passage, sentence: ScoredSentence | null) {
  if (sentence === null || endUtf16 - startUtf16 !== text.length) return { startUtf16, endUtf16 };
  return { startUtf16: startUtf16 + sentence.start, endUtf16: startUtf16 + sentence.end };
}

interface HitItemProps {
  readonly task: TaskId;
  readonly result: SearchResult;
  readonly hit: Hit;
  readonly place: number;
  readonly former?: Former | undefined;
  /** Name of its collection, where the hits are from several. */
  readonly collection: string | null;
  readonly scale: BarScale;
  readonly selected: boolean;
  /** Farther from the query than the cut-off. */
  readonly isBeyond: boolean;
  readonly onSelect: () => void;
  readonly children?: ReactNode;
}

/** One ranked passage: its angle, its words, why it is here, where it comes from. */
export function HitItem({
  task,
  result,
  hit,
  place,
  former,
  collection,
  scale,
  selected,
  isBeyond,
  onSelect,
  children,
}: HitItemProps) {
  const { panel } = useActions();
  const words = useWords("hits", english);
  const ingestWords = useWords("ingest", ingest);
  const sentences = useApp((state) => selectResults(state, task).sentences[hit.passage.id] ?? NO_SENTENCES);
  const [whole, setWhole] = useState(false);
  const textId = useId();
  const { passage, marks, sourceName } = hit;
  const snippet = passage.record.kind === "tool" ? headOf(passage.text) : hit.snippet;
  const isCut = snippet.start > 0 || snippet.end < passage.text.length;
  const best = bestSentence(sentences);
  const range = whole ? { start: 0, end: passage.text.length } : snippet;

  const page = formatPage(passage.record, ingestWords);
  const ordinal = words.passage(sourceName, formatCount(passage.ordinal + 1));
  const from = page === "" ? ordinal : `${ordinal}, ${page}`;
  const openSource = (): void => {
    panel.read({ sourceId: passage.sourceId, name: sourceName, ...placeOf(passage, best) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter" && isCut) setWhole(!whole);
    else if (event.key === "Enter" || event.key === "o") openSource();
    else return;
    event.preventDefault();
  };

  return (
    <li
      className="hit"
      tabIndex={selected ? 0 : -1}
      data-selected={selected || undefined}
      data-beyond={isBeyond || undefined}
      data-passage={passage.id}
      aria-label={`${place + 1}. ${passage.title || sourceName}`}
      aria-describedby={textId}
      onFocus={onSelect}
      onKeyDown={onKeyDown}
    >
      <div className="hit-side">
        <span className="hit-rank">{place + 1}</span>
        <ScoreMark raw={hit.semantic?.raw ?? null} />
        {former && <RankMove id={passage.id} place={place} former={former} />}
      </div>
      <div className="hit-main">
        {passage.title !== "" && (
          <p className="hit-title" dir="auto">
            {passage.title}
          </p>
        )}
        <p
          className="passage"
          id={textId}
          dir="auto"
          data-excerpt={(!whole && isCut) || undefined}
          data-kind={passage.record.kind}
        >
          <MarkedText text={passage.text} marks={marks} {...range} sentences={sentences} best={best} />
        </p>
        {best && (best.start >= range.end || best.end <= range.start) && (
          <p className="passage best-sentence" dir="auto">
            <span className="quiet">{words.nearestSentence}</span>{" "}
            <MarkedText text={passage.text.slice(best.start, best.end)} marks={[]} />
          </p>
        )}
        {children}
        <Contributions hit={hit} scale={scale} />
        <div className="hit-foot">
          <span className="hit-source">
            {collection === null ? from : words.inCollection(collection, from)}
          </span>
          {isCut && (
            <button type="button" className="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {whole ? words.showLess : words.showAll}
            </button>
          )}
          <button
            type="button"
            className="link"
            title={best ? words.openAtSentence : undefined}
            onClick={openSource}
          >
            {words.open}
          </button>
          <Feedback task={task} hit={hit} />
          <WhyHit hit={hit} result={result} best={best} />
        </div>
      </div>
    </li>
  );
}
