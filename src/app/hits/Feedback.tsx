import type { Hit, Mark, TaskId } from "../../contract/index.ts";
import { useActions } from "../state/context.tsx";
import { hits as english } from "../words/en/hits.ts";
import { useWords } from "../words/words.ts";

const MARKS = ["right", "wrong", "pinned"] as const satisfies readonly Mark[];

interface FeedbackProps {
  readonly task: TaskId;
  readonly hit: Hit;
}

/** What the person says of a hit for this question; each is taken back by the same button. */
export function Feedback({ task, hit }: FeedbackProps) {
  const { adaptation } = useActions();
  const words = useWords("hits", english);
  return (
    <span className="feedback" role="group" aria-label={words.marksLabel}>
      {MARKS.map((mark) => {
        const isSaid = hit.mark === mark;
        const { say, undo } = words.marks[mark];
        return (
          <button
            key={mark}
            type="button"
            className="link"
            aria-pressed={isSaid}
            data-mark={mark}
            title={isSaid ? undo : undefined}
            onClick={({ currentTarget }) => {
              // A hit that moves in the list loses the focus that was in it.
              const hold = (): void => currentTarget.focus();
              void adaptation.mark(task, hit, isSaid ? null : mark).then(hold);
            }}
          >
            {isSaid && <span aria-hidden="true">✓ </span>}
            {say}
          </button>
        );
      })}
    </span>
  );
}
