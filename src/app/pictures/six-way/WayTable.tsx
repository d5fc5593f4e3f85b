import { cosineToDegrees, formatDegrees, overlapAt } from "../../../chart/index.ts";
import type { Way } from "../../state/pictures.ts";
import { aboutOf } from "../../views/about.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";

const DEPTHS = [1, 5, 10] as const;

/** The same in figures: the words put before the text, the nearest hit, and how much it shares with the task's own. */
export function WayTable({ ways, own }: { readonly ways: readonly Way[]; readonly own: string }) {
  const words = useWords("drawings", english).sixWays;
  const idsOf = ({ result }: Way) => result.hits.map(({ passage }) => passage.id);
  const [first] = ways;
  if (!first) return null;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={words.table}>
      <table className="figures way-table">
        <caption className="unseen">{words.table}</caption>
        <thead>
          <tr>
            <th scope="col">{words.instruction}</th>
            {DEPTHS.map((k) => (
              <th key={k} scope="col" className="number" title={words.overlapWith(k, own)}>
                {words.overlap(k)}
              </th>
            ))}
            <th scope="col" className="number">
              {words.nearest}
            </th>
          </tr>
        </thead>
        <tbody>
          {ways.map((way) => {
            const { instruction, result } = way;
            const best = result.hits[0]?.semantic?.raw;
            return (
              <tr key={instruction} data-task={instruction === "none" ? undefined : instruction}>
                <th scope="row">
                  <span className="way-label">
                    {instruction === "none" ? words.without : aboutOf(instruction).label}
                  </span>{" "}
                  <span className="quiet">{result.query.instruction.trim()}</span>
                </th>
                {DEPTHS.map((k) => (
                  <td key={k} className="number sounding">
                    {way === first ? words.own : overlapAt(idsOf(first), idsOf(way), k).toFixed(2)}
                  </td>
                ))}
                <td className="number sounding">
                  {best === undefined ? "" : formatDegrees(cosineToDegrees(best))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
