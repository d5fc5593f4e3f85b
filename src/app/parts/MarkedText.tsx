import { shadeOf } from "../../chart/index.ts";
import type { ScoredSentence } from "../../contract/index.ts";
import { cutByMarks, cutByRanges } from "./marks.ts";

interface MarkedTextProps {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
  readonly start?: number;
  readonly end?: number;
  /** Shaded by how near they are; the best one is marked. */
  readonly sentences?: readonly ScoredSentence[];
  readonly best?: ScoredSentence | null;
}

const NO_SENTENCES: readonly ScoredSentence[] = [];

/** Text from outside as text nodes, its matched words marked and its sentences shaded. */
export function MarkedText({
  text,
  marks,
  start = 0,
  end = text.length,
  sentences = NO_SENTENCES,
  best = null,
}: MarkedTextProps) {
  return (
    <>
      {start > 0 && <span className="ellipsis">… </span>}
      {cutByRanges(sentences, start, end).map(({ from, to, range }) => {
        const words = cutByMarks(text, marks, from, to).map((stretch, place) =>
          stretch.marked ? <mark key={place}>{stretch.text}</mark> : <span key={place}>{stretch.text}</span>,
        );
        if (range === null) return <span key={from}>{words}</span>;
        return (
          <span key={from} data-shade={shadeOf(range)} data-best={range === best || undefined}>
            {words}
          </span>
        );
      })}
      {end < text.length && <span className="ellipsis"> …</span>}
    </>
  );
}
