import { barPieces, barZero, type BarScale, type Shares } from "../../chart/index.ts";
import type { Contribution, Hit, Spread } from "../../contract/index.ts";
import { useApp } from "../state/context.tsx";
import { hits as english } from "../words/en/hits.ts";
import { useWords } from "../words/words.ts";
import { formatShare } from "./format.ts";

/** What the two halves add to a hit's score. */
export function sharesOf({ semantic, keywords }: Hit): Shares {
  return { semantic: semantic?.share ?? null, keywords: keywords?.share ?? null };
}

interface ContributionsProps {
  readonly hit: Hit;
  readonly scale: BarScale;
}

/** Why a hit stands where it stands: both halves as a bar and in figures. */
export function Contributions({ hit, scale }: ContributionsProps) {
  const similarity = useApp((state) => state.model.status?.model.similarity);
  const words = useWords("hits", english);
  const isCosine = similarity !== "inner-product";
  return (
    <div className="contributions">
      <svg className="share-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {barPieces(sharesOf(hit), scale).map(({ half, from, to }) => (
          <rect
            key={half}
            className={`share-${half}`}
            x={from * 100}
            width={(to - from) * 100}
            y="0"
            height="6"
          />
        ))}
        <path className="share-zero" d={`M${barZero(scale) * 100} 0V6`} />
      </svg>
      <dl className="shares">
        <Half
          half="semantic"
          unit={isCosine ? words.cosine : words.innerProduct}
          digits={isCosine ? 3 : 2}
          part={hit.semantic}
        />
        <Half half="keywords" unit="BM25" digits={2} part={hit.keywords} />
        {hit.spread !== null && <Moved {...hit.spread} />}
      </dl>
    </div>
  );
}

/** Where the hit would stand by its score alone, and how like a better one it is. */
function Moved({ rankByScore, likeness }: Spread) {
  const words = useWords("hits", english);
  return (
    <div className="share">
      <dt>{words.nearDuplicates}</dt>
      <dd className="sounding">
        {words.byScoreAlone(String(rankByScore))}
        {likeness > 0 && <span className="share-raw"> {words.likeOneAbove(likeness.toFixed(3))}</span>}
      </dd>
    </div>
  );
}

interface HalfProps {
  readonly half: "semantic" | "keywords";
  readonly unit: string;
  readonly digits: number;
  readonly part: Contribution | null;
}

function Half({ half, unit, digits, part }: HalfProps) {
  const words = useWords("hits", english);
  if (part === null) return null;
  return (
    <div className="share">
      <dt>
        <span className={`share-key share-key-${half}`} aria-hidden="true" />
        {words[half]}
      </dt>
      <dd className="sounding">
        {formatShare(part.share)}
        <span className="share-raw">
          {" "}
          {unit} {part.raw.toFixed(digits)}, {words.rank(String(part.rank))}
        </span>
      </dd>
    </div>
  );
}
