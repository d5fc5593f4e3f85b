import { overlapAt } from "../../../chart/index.ts";
import { textOfQuery } from "../../../contract/index.ts";
import { formatMs } from "../../parts/format.ts";
import type { Compared } from "../../state/comparison.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";

const DEPTHS = [5, 10] as const;

interface PairTableProps {
  readonly pairs: readonly Compared[];
  readonly shown: number;
  readonly onShow: (place: number) => void;
}

/** Query by query: how much both ways share, and the mean over all. */
export function PairTable({ pairs, shown, onShow }: PairTableProps) {
  const words = useWords("drawings", english).compare;
  const overlap = ({ ids }: Compared, k: number) => overlapAt(ids.left, ids.right, k);
  const mean = (of: (pair: Compared) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / Math.max(1, pairs.length);
  const judged = pairs.flatMap(({ ndcg }) => (ndcg === null ? [] : [ndcg]));
  const meanNdcg = (side: "left" | "right") =>
    judged.reduce((sum, one) => sum + one[side], 0) / Math.max(1, judged.length);
  const ndcgOf = ({ left, right }: NonNullable<Compared["ndcg"]>) =>
    words.ndcgOf(left.toFixed(2), right.toFixed(2));
  const isSameFirst = (pair: Compared) => overlap(pair, 1) === 1;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={words.title}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{words.query}</th>
            <th scope="col">{words.firstSame}</th>
            {DEPTHS.map((k) => (
              <th key={k} scope="col" className="number">
                {words.overlap(k)}
              </th>
            ))}
            {judged.length > 0 && (
              <th scope="col" className="number">
                {words.ndcg}
              </th>
            )}
            <th scope="col" className="number">
              {words.time}
            </th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair, place) => (
            <tr key={textOfQuery(pair.query)} data-shown={place === shown || undefined}>
              <th scope="row">
                <button
                  type="button"
                  className="link"
                  aria-pressed={place === shown}
                  onClick={() => onShow(place)}
                >
                  {textOfQuery(pair.query)}
                </button>
              </th>
              <td>{isSameFirst(pair) ? words.yes : words.no}</td>
              {DEPTHS.map((k) => (
                <td key={k} className="number sounding">
                  {overlap(pair, k).toFixed(2)}
                </td>
              ))}
              {judged.length > 0 && (
                <td className="number sounding">{pair.ndcg === null ? "–" : ndcgOf(pair.ndcg)}</td>
              )}
              <td className="number sounding">
                {words.took(formatMs(pair.left.timings.totalMs), formatMs(pair.right.timings.totalMs))}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.mean}</th>
            <td className="sounding">
              {pairs.filter(isSameFirst).length} / {pairs.length}
            </td>
            {DEPTHS.map((k) => (
              <td key={k} className="number sounding">
                {mean((pair) => overlap(pair, k)).toFixed(2)}
              </td>
            ))}
            {judged.length > 0 && (
              <td className="number sounding">
                {ndcgOf({ left: meanNdcg("left"), right: meanNdcg("right") })}
              </td>
            )}
            <td className="number">–</td>
          </tr>
        </tfoot>
      </table>
      <p className="quiet">
        {judged.length > 0 ? words.judged(judged.length, pairs.length) : words.unjudged}
      </p>
    </div>
  );
}
