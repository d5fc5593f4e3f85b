import { useEffect, useState } from "react";
import { textOfQuery, type SavedAnswer } from "../../contract/index.ts";
import { formatDate } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";
import { AnswerView } from "./AnswerView.tsx";

/** Answers that were kept on this device, to be read, asked again or deleted. */
export function Kept() {
  const words = useWords("answers", english);
  const saved = useApp((state) => state.answers.saved);
  const { answers } = useActions();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (open) void answers.loadSaved();
  }, [open, answers]);
  return (
    <details className="kept" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.kept}</summary>
      {saved?.length === 0 && <p className="quiet">{words.noneKept}</p>}
      <ul>
        {saved?.map((one) => (
          <li key={one.id}>
            <KeptAnswer answer={one} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function KeptAnswer({ answer: { id, savedAt, record } }: { readonly answer: SavedAnswer }) {
  const words = useWords("answers", english);
  const { answers } = useActions();
  const [shown, setShown] = useState(false);
  const question = textOfQuery(record.query);
  return (
    <>
      <p className="kept-question">{question}</p>
      <p className="quiet">
        {words.askedWith(record.model, formatDate(savedAt))} {record.isPart && words.part}
      </p>
      <p className="answer-ways">
        <button type="button" className="link" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? words.hide : words.show}
        </button>
        <button type="button" className="link" onClick={() => void answers.askAgain(record)}>
          {words.again}
        </button>
        <button
          type="button"
          className="link"
          aria-label={`${words.remove}: ${question}`}
          onClick={() => void answers.remove(id)}
        >
          {words.remove}
        </button>
      </p>
      {shown && <AnswerView record={record} isWhole />}
    </>
  );
}
