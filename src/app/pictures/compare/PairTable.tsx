import { overlapAt } from "../../../chart/index.ts";
import { textOfQuery } from "../../../contract/index.ts";
import { formatMs } from "../../parts/format.ts";
import type { Compared, Measured } from "../../state/comparison.ts";
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
  const measures = (["ndcg", "judged"] as const)
    .map((key) => ({
      key,
      label: key === "ndcg" ? words.ndcg : words.ndcgJudged,
      of: (pair: Compared) => pair[key],
      all: pairs.flatMap((pair) => pair[key] ?? []),
    }))
    .filter(({ all }) => all.length > 0);
  const marked = measures.find(({ key }) => key === "ndcg")?.all.length ?? 0;
  const meanOf = (all: readonly Measured[], side: "left" | "right") =>
    all.reduce((sum, one) => sum + one[side], 0) / all.length;
  const ndcgOf = ({ left, right }: Measured) => words.ndcgOf(left.toFixed(2), right.toFixed(2));
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
            {measures.map(({ key, label }) => (
              <th key={key} scope="col" className="number">
                {label}
              </th>
            ))}
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
              {measures.map(({ key, of }) => {
                const own = of(pair);
                return (
                  <td key={key} className="number sounding">
                    {own === null ? "–" : ndcgOf(own)}
                  </td>
                );
              })}
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
            {measures.map(({ key, all }) => (
              <td key={key} className="number sounding">
                {ndcgOf({ left: meanOf(all, "left"), right: meanOf(all, "right") })}
              </td>
            ))}
            <td className="number">–</td>
          </tr>
        </tfoot>
      </table>
      <p className="quiet">{marked > 0 ? words.judged(marked, pairs.length) : words.unjudged}</p>
    </div>
  );
}
