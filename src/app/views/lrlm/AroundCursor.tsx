import { useEffect } from "react";
import type { Passage } from "../../../contract/index.ts";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

interface AroundCursorProps {
  readonly before: Passage | undefined;
  readonly after: Passage | undefined;
  readonly cursor: number;
  /** False while the person's own text is the query. */
  readonly isQuery: boolean;
  readonly onRows: (first: number, last: number) => void;
}

/** What stands on both sides of the cursor: the query, and what the text really goes on with. */
export function AroundCursor({ before, after, cursor, isQuery, onRows }: AroundCursorProps) {
  const words = useWords("views", views).lrlm;
  useEffect(() => onRows(Math.max(0, cursor - 1), cursor), [cursor, onRows]);
  if (cursor === 0) return <p className="quiet">{words.moveCursor}</p>;
  return (
    <div className="around">
      <section aria-label={words.before} data-query-chunk={isQuery || undefined}>
        <h2>{isQuery ? words.beforeIsQuery : words.before}</h2>
        <p className="passage" dir="auto" tabIndex={0}>
          {before?.text ?? "…"}
        </p>
      </section>
      <section aria-label={words.afterCursor}>
        <h2>{words.after}</h2>
        <p className="passage quiet" dir="auto" tabIndex={0}>
          {after ? after.text : words.end}
        </p>
      </section>
    </div>
  );
}
