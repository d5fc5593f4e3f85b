import { useApp } from "../state/context.tsx";
import { AngleMark } from "./AngleMark.tsx";
import { hits } from "../words/en/hits.ts";
import { instruments } from "../words/en/instruments.ts";
import { useWords } from "../words/words.ts";

/** How near a hit is by meaning: an angle for unit vectors, the plain number for vectors of any length. */
export function ScoreMark({ raw }: { readonly raw: number | null }) {
  const { wordsOnly } = useWords("instruments", instruments);
  const { innerProduct } = useWords("hits", hits);
  const similarity = useApp((state) => state.model.status?.model.similarity);
  switch (similarity) {
    case undefined:
      return null;
    case "cosine":
      return <AngleMark cosine={raw} />;
    case "inner-product":
      return (
        <p className="plain-score">
          {raw !== null && <span className="sounding">{raw.toFixed(2)}</span>}
          <span className="quiet">{raw === null ? wordsOnly : innerProduct}</span>
        </p>
      );
    default:
      return similarity satisfies never;
  }
}
