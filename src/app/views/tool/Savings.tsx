import { useEffect } from "react";
import { formatCount, formatNoun, formatPercent } from "../../parts/format.ts";
import { useApp } from "../../state/context.tsx";
import { PASSAGES_A_PAGE } from "../../state/passages.ts";
import { selectCollection } from "../../state/select.ts";
import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";
import { usePassages } from "../use-passages.ts";
import { useTokens } from "../use-tokens.ts";

/** So many tools are counted; of more, the rest is judged by these. */
const COUNTED = 600;

/** Tokens of the chosen specifications against those of all tools. */
export function Savings({ specs }: { readonly specs: readonly unknown[] }) {
  const collection = useApp((state) => selectCollection(state, "tool"));
  const { total, rowAt, onRows } = usePassages(collection ? { collectionId: collection.id } : {});
  const words = useWords("benches", benches).tool;
  const counted = Math.min(total, COUNTED);
  useEffect(() => {
    for (let row = 0; row < counted; row += PASSAGES_A_PAGE) onRows(row, row);
  }, [onRows, counted]);
  const records = Array.from({ length: counted }, (_, row) => rowAt(row)?.record);
  const isRead = counted > 0 && records.every((record) => record !== undefined);
  const all = isRead
    ? records.map((record) => JSON.stringify(record?.kind === "tool" ? record.spec : null))
    : [];
  const tokensOfAll = useTokens(all);
  const tokensOfChosen = useTokens(specs.map((spec) => JSON.stringify(spec)));
  if (!isRead || tokensOfAll === null || tokensOfChosen === null)
    return <p className="quiet">{words.counting}</p>;
  const sum = (tokens: readonly number[]) => tokens.reduce((all, one) => all + one, 0);
  const whole = Math.round((sum(tokensOfAll) * total) / counted);
  const chosen = sum(tokensOfChosen);
  const share = formatPercent(1 - chosen / Math.max(1, whole));
  return (
    <div className="savings">
      <svg className="budget" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="budget-all" width="100" height="4" />
        <rect className="budget-used" width={(100 * chosen) / Math.max(1, whole)} height="4" />
      </svg>
      <p className="sounding">
        {counted === total
          ? words.saved(formatCount(chosen), formatCount(whole), share)
          : words.savedAbout(formatCount(chosen), formatCount(whole), share, formatNoun(counted, "tool"))}
      </p>
    </div>
  );
}
