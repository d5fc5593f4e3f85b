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
        <h2>Before the cursor{isQuery && ": the query"}</h2>
        <p className="passage" tabIndex={0}>
          {before?.text ?? "…"}
        </p>
      </section>
      <section aria-label="After the cursor">
        <h2>After it: what a model would have to write</h2>
        <p className="passage quiet" tabIndex={0}>
          {after ? after.text : "The text ends here."}
        </p>
      </section>
    </div>
  );
}
