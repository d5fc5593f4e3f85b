import { formatNoun } from "../../parts/format.ts";
import { WindowedList } from "../../parts/WindowedList.tsx";
import { useApp } from "../../state/context.tsx";
import { selectCollection } from "../../state/select.ts";
import { rankById } from "../ranks.ts";
import { usePassages } from "../use-passages.ts";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

const ROW_REM = 2.25;

/** All tools with their descriptions; found ones carry their rank. */
export function ToolTable() {
  const collection = useApp((state) => selectCollection(state, "tool"));
  const result = useApp((state) => state.results.tool.result);
  const { total, rowAt, onRows } = usePassages(collection ? { collectionId: collection.id } : {});
  const words = useWords("views", views).tool;
  const ranks = rankById(result?.hits ?? []);
  return (
    <details className="table-part" open={result === null}>
      <summary>{words.all(formatNoun(total, "tool"))}</summary>
      <WindowedList
        label={words.table}
        total={total}
        rowRem={ROW_REM}
        onRows={onRows}
        renderRow={(row) => {
          const passage = rowAt(row);
          if (passage === undefined) return <p className="quiet">…</p>;
          const { record, text, title, id } = passage;
          return (
            <p className="tool-row" data-rank={ranks.get(id)}>
              <code>{record.kind === "tool" ? record.api : title}</code>
              <span dir="auto">{record.kind === "tool" ? record.description : text}</span>
            </p>
          );
        }}
      />
    </details>
  );
}
