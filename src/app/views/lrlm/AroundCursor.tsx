import { useEffect } from "react";
import type { Passage } from "../../../contract/index.ts";

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
  useEffect(() => onRows(Math.max(0, cursor - 1), cursor), [cursor, onRows]);
  if (cursor === 0)
    return <p className="quiet">Move the cursor into the text: the chunk before it becomes the query.</p>;
  return (
    <div className="around">
      <section aria-label="Before the cursor" data-query-chunk={isQuery || undefined}>
        <h3>Before the cursor{isQuery && ": the query"}</h3>
        <p className="passage">{before?.text ?? "…"}</p>
      </section>
      <section aria-label="After the cursor">
        <h3>After it: what a model would have to write</h3>
        <p className="passage quiet">{after ? after.text : "The text ends here."}</p>
      </section>
    </div>
  );
}
