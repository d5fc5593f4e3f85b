import { lazy, Suspense, useState } from "react";
import type { Hit } from "../../../contract/index.ts";
import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";

const Matrix = lazy(async () => ({ default: (await import("./Matrix.tsx")).Matrix }));

interface WholeMatrixProps {
  readonly sourceId: number;
  readonly cursor: number;
  readonly hits: readonly Hit[];
}

/** The matrix of all chunks, drawn once it is asked for. */
export function WholeMatrix(props: WholeMatrixProps) {
  const words = useWords("benches", benches).lrlm;
  const [open, setOpen] = useState(false);
  return (
    <details className="embedded" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.matrix}</summary>
      {open && (
        <Suspense fallback={<p className="quiet">{words.reading}</p>}>
          <Matrix {...props} key={props.sourceId} />
        </Suspense>
      )}
    </details>
  );
}
