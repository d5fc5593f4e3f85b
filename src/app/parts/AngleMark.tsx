import { armEnd, cosineToDegrees, formatDegrees, quadrantArc } from "../../chart/index.ts";
import { instruments } from "../words/en/instruments.ts";
import { useWords } from "../words/words.ts";

const QUADRANT = { pivot: { x: 4, y: 44 }, radius: 40 };

/** A hit's own angle from the query: the query lies along the base line, the passage along the arm. */
export function AngleMark({ cosine }: { readonly cosine: number | null }) {
  const { wordsOnly } = useWords("instruments", instruments);
  const degrees = cosine === null ? null : cosineToDegrees(cosine);
  const end = degrees === null ? null : armEnd(QUADRANT, degrees);
  return (
    <figure className="angle-mark">
      <svg viewBox="0 0 48 48" aria-hidden="true">
        <path className="angle-limb" d={quadrantArc(QUADRANT, 90)} />
        <path className="angle-base" d={`M${QUADRANT.pivot.x} ${QUADRANT.pivot.y}H46`} />
        {end !== null && degrees !== null && (
          <>
            <path className="angle-sweep" d={quadrantArc(QUADRANT, degrees)} />
            <path className="angle-arm" d={`M${QUADRANT.pivot.x} ${QUADRANT.pivot.y}L${end.x} ${end.y}`} />
          </>
        )}
      </svg>
      <figcaption className="sounding">{degrees === null ? wordsOnly : formatDegrees(degrees)}</figcaption>
    </figure>
  );
}
