import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import type { BarScale } from "../../chart/index.ts";
import type { Hit } from "../../contract/index.ts";
import { useActions } from "../state/context.tsx";
import { Contributions } from "./Contributions.tsx";
import { formatCount } from "./format.ts";
import { MarkedText } from "./MarkedText.tsx";
import { ScoreMark } from "./ScoreMark.tsx";

/** A tool's name and description; its parameters are shown as such below. */
function headOf(text: string): Hit["snippet"] {
  const end = text.indexOf("\n", text.indexOf("\n") + 1);
  return { start: 0, end: end < 0 ? text.length : end };
}

interface HitItemProps {
  readonly hit: Hit;
  readonly place: number;
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
  hit,
  place,
  collection,
  scale,
  selected,
  isBeyond,
  onSelect,
  children,
}: HitItemProps) {
  const { panel } = useActions();
  const [whole, setWhole] = useState(false);
  const textId = useId();
  const { passage, marks, sourceName } = hit;
  const snippet = passage.record.kind === "tool" ? headOf(passage.text) : hit.snippet;
  const isCut = snippet.start > 0 || snippet.end < passage.text.length;
  const range = whole ? { start: 0, end: passage.text.length } : snippet;

  const openSource = (): void => {
    const { sourceId, startUtf16, endUtf16 } = passage;
    panel.read({ sourceId, name: sourceName, startUtf16, endUtf16 });
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
      </div>
      <div className="hit-main">
        {passage.title !== "" && <p className="hit-title">{passage.title}</p>}
        <p
          className="passage"
          id={textId}
          data-excerpt={(!whole && isCut) || undefined}
          data-kind={passage.record.kind}
        >
          <MarkedText text={passage.text} marks={marks} {...range} />
        </p>
        {children}
        <Contributions hit={hit} scale={scale} />
        <p className="hit-foot">
          <span className="hit-source">
            {collection !== null && `${collection}: `}
            {sourceName}, passage {formatCount(passage.ordinal + 1)}
          </span>
          {isCut && (
            <button type="button" className="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {whole ? "Show less" : "Show all of it"}
            </button>
          )}
          <button type="button" className="link" onClick={openSource}>
            Open in the source
          </button>
        </p>
      </div>
    </li>
  );
}
