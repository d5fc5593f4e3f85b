import { formatNoun } from "../../parts/format.ts";
import { WindowedList } from "../../parts/WindowedList.tsx";
import { useApp } from "../../state/context.tsx";
import { selectCollection } from "../../state/select.ts";
import { rankById } from "../ranks.ts";
import { usePassages } from "../use-passages.ts";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

const ROW_REM = 2.25;

/** All examples, input beside output; found ones carry their rank. */
export function ExampleTable() {
  const collection = useApp((state) => selectCollection(state, "icl"));
  const result = useApp((state) => state.results.icl.result);
  const { total, rowAt, onRows } = usePassages(collection ? { collectionId: collection.id } : {});
  const words = useWords("views", views).icl;
  const ranks = rankById(result?.hits ?? []);
  return (
    <details className="table-part" open={result === null}>
      <summary>{words.all(formatNoun(total, "example"))}</summary>
      <p className="example-row table-head" aria-hidden="true">
        <span>{words.input}</span>
        <span>{words.output}</span>
      </p>
      <WindowedList
        label={words.table}
        total={total}
        rowRem={ROW_REM}
        onRows={onRows}
        renderRow={(row) => {
          const passage = rowAt(row);
          if (passage === undefined) return <p className="quiet">…</p>;
          const { record, text, id } = passage;
          return (
            <p className="example-row" data-rank={ranks.get(id)}>
              <span dir="auto">{record.kind === "example" ? record.input : text}</span>
              <span className="output" dir="auto">
                {record.kind === "example" ? record.output : ""}
              </span>
            </p>
          );
        }}
      />
    </details>
  );
}
