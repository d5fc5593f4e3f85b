import { Told } from "../parts/Told.tsx";
import { useActions } from "../state/context.tsx";
import type { AnswerRun } from "../state/answers-state.ts";
import type { TaskId } from "../../contract/index.ts";
import { Teach } from "./Teach.tsx";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";
import { AnswerView } from "./AnswerView.tsx";

/** An answer as it comes, what became of it, and what to do with it. */
export function RunView({ task, run }: { readonly task: TaskId; readonly run: AnswerRun }) {
  const words = useWords("answers", english);
  const { answers } = useActions();
  const { id, phase, record, thought, failure, finish, wasStopped, savedId } = run;
  return (
    <section className="answer" aria-label={words.heading} aria-busy={phase === "answering"}>
      <h3>{words.heading}</h3>
      {thought !== "" && (
        <details>
          <summary>{words.thought}</summary>
          <p className="plain quiet">{thought}</p>
        </details>
      )}
      <AnswerView record={record} isWhole={phase === "done"}>
        {savedId === null ? (
          <button type="button" className="link" onClick={() => void answers.save(task)}>
            {words.save}
          </button>
        ) : (
          <span className="quiet">{words.saved}</span>
        )}
      </AnswerView>
      {phase === "done" && !record.isPart && <Teach key={id} record={record} />}
      <div role="status">
        {phase === "answering" && <p className="quiet">{words.answering}…</p>}
        {phase === "checking" && <p className="quiet">{words.checking}</p>}
        {wasStopped && <p className="quiet">{words.stopped}</p>}
        {finish === "length" && <p className="warning">{words.atLimit}</p>}
        {finish === "filter" && <p className="warning">{words.filtered}</p>}
        {failure && (
          <p className="warning">
            <Told {...failure} /> <code>{failure.code}</code>
          </p>
        )}
      </div>
    </section>
  );
}
