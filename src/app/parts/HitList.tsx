import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { barScale } from "../../chart/index.ts";
import type { Hit, TaskId } from "../../contract/index.ts";
import { Pictures } from "../pictures/Pictures.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { cutOf, isBeyond } from "../state/pictures.ts";
import { selectResults } from "../state/select.ts";
import { hits as english } from "../words/en/hits.ts";
import { useWords } from "../words/words.ts";
import { sharesOf } from "./Contributions.tsx";
import { formatCount } from "./format.ts";
import { HitItem } from "./HitItem.tsx";
import type { Former } from "./RankMove.tsx";
import { NoHits } from "./NoHits.tsx";
import { ResultLine } from "./ResultLine.tsx";
import { useSentences } from "../hits/use-sentences.ts";

interface HitListProps {
  readonly task: TaskId;
  readonly heading: string;
  /** What stands under a hit's passage, such as its continuation. */
  readonly extra?: (hit: Hit) => ReactNode;
  /** What stands between the picture and the hits. */
  readonly between?: ReactNode;
  /** What the hits' places are compared with. */
  readonly former?: Former | undefined;
}

const SHOWN_AT_FIRST = 8;

/** Ranked passages; one of them is the selected one, arrow keys move through them. */
export function HitList({ task, heading, extra, between, former }: HitListProps) {
  const { phase, result, selected } = useApp((state) => selectResults(state, task));
  const isCosine = useApp((state) => state.model.status?.model.similarity === "cosine");
  const collections = useApp((state) => state.corpus.collections);
  const cut = useApp((state) => cutOf(state, task));
  const { results } = useActions();
  const list = useRef<HTMLOListElement>(null);
  const words = useWords("hits", english);
  const [all, setAll] = useState(false);
  useSentences(task, all || selected >= SHOWN_AT_FIRST ? undefined : SHOWN_AT_FIRST);
  if (result === null) return null;

  const shown = all || selected >= SHOWN_AT_FIRST ? result.hits : result.hits.slice(0, SHOWN_AT_FIRST);
  const go = (place: number): void => {
    const next = Math.min(result.hits.length - 1, Math.max(0, place));
    flushSync(() => {
      results.select(task, next);
      if (next >= SHOWN_AT_FIRST) setAll(true);
    });
    const item = list.current?.children[next];
    if (item instanceof HTMLElement) item.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.tagName !== "LI") return;
    const step = { ArrowDown: selected + 1, ArrowUp: selected - 1, Home: 0, End: result.hits.length - 1 };
    if (!Object.hasOwn(step, event.key)) return;
    event.preventDefault();
    if (event.key === "ArrowUp" && selected === 0)
      document.querySelector<HTMLElement>("[data-query]")?.focus();
    else go(step[event.key as keyof typeof step]);
  };
  const isFromSeveral = new Set(result.hits.map(({ passage }) => passage.collectionId)).size > 1;
  const collectionName = ({ passage }: Hit): string | null =>
    isFromSeveral ? (collections.find(({ id }) => id === passage.collectionId)?.name ?? null) : null;
  const scale = barScale(result.hits.map(sharesOf));

  return (
    <section
      className="results"
      aria-label={heading}
      aria-busy={phase === "searching"}
      data-stale={phase === "searching" || undefined}
    >
      <ResultLine task={task} heading={heading} result={result} />
      {result.hits.length > 0 && isCosine && (
        <Pictures task={task} result={result} selected={selected} onSelect={go} />
      )}
      {between}
      {result.hits.length === 0 ? (
        phase === "searching" ? (
          <p className="quiet">{words.searching}</p>
        ) : (
          <NoHits task={task} result={result} />
        )
      ) : (
        <>
          <ol className="hits" ref={list} onKeyDown={onKeyDown} data-hits>
            {shown.map((hit, place) => (
              <HitItem
                key={hit.passage.id}
                task={task}
                result={result}
                collection={collectionName(hit)}
                hit={hit}
                place={place}
                former={former}
                scale={scale}
                selected={place === selected}
                isBeyond={isBeyond(hit, cut)}
                onSelect={() => results.select(task, place)}
              >
                {extra?.(hit)}
              </HitItem>
            ))}
          </ol>
          {shown.length < result.hits.length && (
            <button type="button" className="button more" onClick={() => setAll(true)}>
              {words.others(formatCount(result.hits.length - shown.length))}
            </button>
          )}
        </>
      )}
    </section>
  );
}
