import { useId, useState, type ReactNode } from "react";
import { deviationsNearer, nearerThan } from "../../chart/index.ts";
import type { Contribution, Hit, ScoredSentence, SearchResult } from "../../contract/index.ts";
import { useApp } from "../state/context.tsx";
import { hits as english } from "../words/en/hits.ts";
import { useWords } from "../words/words.ts";
import { formatCount, formatPercent } from "../parts/format.ts";
import { matchedWords } from "../parts/marks.ts";

interface WhyHitProps {
  readonly hit: Hit;
  readonly result: SearchResult;
  readonly best: ScoredSentence | null;
}

/** Why a hit stands where it stands, in words and figures, when it is asked for. */
export function WhyHit({ hit, result, best }: WhyHitProps) {
  const words = useWords("hits", english);
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="link"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {words.why}
      </button>
      {open && (
        <dl className="why" id={id}>
          <Row name={words.byMeaning}>
            <Meaning hit={hit} result={result} />
          </Row>
          <Row name={words.byWords}>
            <Words hit={hit} />
          </Row>
          {best && (
            <Row name={words.sentence}>
              <q>{hit.passage.text.slice(best.start, best.end)}</q>{" "}
              <span className="sounding">{words.sentenceNearer(signed(best.standard))}</span>
            </Row>
          )}
        </dl>
      )}
    </>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Meaning({ hit: { semantic, keywords }, result }: Pick<WhyHitProps, "hit" | "result">) {
  const words = useWords("hits", english);
  const isCosine = useApp((state) => state.model.status?.model.similarity !== "inner-product");
  if (semantic === null) return words.notByMeaning;
  const { candidates, encodedBy } = result;
  const nearer = nearerThan(semantic, result);
  const deviations = deviationsNearer(semantic.raw, candidates);
  const parts = [
    words.rank(formatCount(semantic.rank)),
    `${isCosine ? words.cosine : words.innerProduct} ${semantic.raw.toFixed(isCosine ? 3 : 2)}`,
    ...partOf(semantic, keywords, words.partOfScore),
    ...(nearer !== null && candidates
      ? [
          nearer === 1
            ? words.nearest(formatCount(candidates.count))
            : words.nearerThan(formatPercent(nearer), formatCount(candidates.count)),
        ]
      : []),
    ...(deviations === null ? [] : [words.deviations(signed(deviations))]),
  ];
  return (
    <>
      <span className="sounding">{parts.join(", ")}</span>
      {encodedBy !== null && encodedBy !== "full" && <span className="quiet"> {words.learned}</span>}
    </>
  );
}

function Words({ hit }: Pick<WhyHitProps, "hit">) {
  const words = useWords("hits", english);
  const { keywords, semantic, passage, marks } = hit;
  if (keywords === null) return words.notByWords;
  const matched = matchedWords(passage.text, marks);
  const parts = [
    words.rank(formatCount(keywords.rank)),
    `BM25 ${keywords.raw.toFixed(2)}`,
    ...partOf(keywords, semantic, words.partOfScore),
  ];
  return (
    <>
      <span className="sounding">{parts.join(", ")}</span>
      {matched.length > 0 && <span className="matched"> {words.matched(matched.join(", "))}</span>}
    </>
  );
}

/** The part of a half in the score, where both add to it. */
function partOf(own: Contribution, other: Contribution | null, say: (percent: string) => string): string[] {
  if (other === null || own.share < 0 || other.share < 0 || own.share + other.share === 0) return [];
  return [say(formatPercent(own.share / (own.share + other.share)))];
}

/** `+2.4`, `−0.3`. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}
