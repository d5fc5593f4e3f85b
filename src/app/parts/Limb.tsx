import {
  cosineToDegrees,
  formatDegrees,
  limbFrame,
  limbSector,
  shareWithin,
  type AngleBins,
} from "../../chart/index.ts";
import type { SearchResult, TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { cutOf, isBeyond } from "../state/pictures.ts";
import { limb as english } from "../words/en/limb.ts";
import { useWords } from "../words/words.ts";
import { formatCount } from "./format.ts";
import { LimbArc } from "./limb/LimbArc.tsx";
import { LimbArm } from "./limb/LimbArm.tsx";
import { LimbHits, LimbList } from "./limb/LimbHits.tsx";
import { useWidth } from "./use-width.ts";

interface LimbProps {
  readonly task: TaskId;
  readonly result: SearchResult;
  readonly selected: number;
  readonly onSelect: (place: number) => void;
}

/** Room inside the arc for the numbers, and outside of it for the scale and the arm's own reading. Units: pixels. */
const TOP = 72;
const BOTTOM = 48;

/** All hits at their true angles from the query before everything that was searched, and the arm that cuts them off. */
export function Limb({ task, result, selected, onSelect }: LimbProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const cut = useApp((state) => cutOf(state, task));
  const { pictures } = useActions();
  const words = useWords("limb", english);
  const { hits, candidates, histogram } = result;
  const angles = hits.map(({ semantic }) => semantic && cosineToDegrees(semantic.raw));
  const known = angles.filter((angle) => angle !== null);
  if (known.length === 0) return <p className="quiet">{words.none}</p>;

  const cosines = hits.flatMap(({ semantic }) => (semantic ? [semantic.raw] : []));
  const sector = limbSector(cosines, candidates, histogram);
  const frame = limbFrame(width, Math.min(34, width / 18), TOP, BOTTOM, 22);
  const within = hits.filter((hit) => !isBeyond(hit, cut)).length;
  const label = [
    words.between(formatDegrees(Math.min(...known)), formatDegrees(Math.max(...known))),
    ...(candidates ? [words.most(formatDegrees(cosineToDegrees(candidates.mean)))] : []),
  ].join(" ");

  return (
    <figure className="limb" ref={ref} aria-label={words.title}>
      {width > 0 && (
        <svg width={width} height={frame.height} data-picture="limb">
          <g role="img" aria-label={label}>
            <LimbArc {...{ frame, sector, width, cut, candidates, histogram }} />
            <LimbHits {...{ frame, sector, angles, selected, cut, onSelect }} />
          </g>
          <LimbArm
            {...{ frame, sector, cut, within }}
            hits={hits.length}
            onMove={(degrees) => pictures.cut(task, degrees)}
          />
        </svg>
      )}
      <LimbList hits={hits} angles={angles} />
      <figcaption className="limb-legend">
        <span className="key-hit">{words.hits}</span>
        {candidates && <Searched count={candidates.count} histogram={histogram} cut={cut} />}
        {cut !== null && (
          <span className="limb-cut">
            {words.within(within, hits.length, formatDegrees(cut))};{" "}
            {within === 0 ? words.nothingWithin : words.leftOut}{" "}
            <button type="button" className="link" onClick={() => pictures.cut(task, null)}>
              {words.undo}
            </button>
          </span>
        )}
      </figcaption>
    </figure>
  );
}

interface SearchedProps {
  readonly count: number;
  readonly histogram: (AngleBins & { readonly sampled: number }) | null;
  readonly cut: number | null;
}

/** What the columns count. */
function Searched({ count, histogram, cut }: SearchedProps) {
  const words = useWords("limb", english);
  if (histogram === null) return <span className="key-spread">{words.spread(formatCount(count))}</span>;
  const isEstimate = histogram.sampled < count;
  const all = isEstimate
    ? words.estimated(formatCount(histogram.sampled), formatCount(count))
    : words.candidates(formatCount(count));
  const share = cut === null ? null : Math.round(count * shareWithin(histogram, cut));
  return (
    <span className="key-columns">
      {all}
      {share !== null && `, ${words.nearer(formatCount(share))}`}
    </span>
  );
}
