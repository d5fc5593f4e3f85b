import { useRef, useState } from "react";
import { formatCount } from "../../parts/format.ts";
import { Lines } from "../../parts/Lines.tsx";
import { useActions, useApp } from "../../state/context.tsx";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";

/** Brings somebody's judgements of queries, as files or pasted; the comparison then measures by them as well. */
export function JudgementsForm() {
  const { judgements } = useApp((state) => state.pictures.comparison);
  const { pictures } = useActions();
  const words = useWords("drawings", english).compare;
  const input = useRef<HTMLInputElement>(null);
  const [qrels, setQrels] = useState("");
  const [queries, setQueries] = useState("");
  const use = async (): Promise<void> => {
    const pasted = [
      { name: words.pastedQrels, content: qrels },
      { name: words.pastedQueries, content: queries },
    ];
    if (!(await pictures.judge(pasted))) return;
    setQrels("");
    setQueries("");
  };
  return (
    <>
      <details className="compare-judgements">
        <summary>{words.judgements}</summary>
        <p className="quiet">{words.judgementsExplained}</p>
        <p>
          <button type="button" className="button" onClick={() => input.current?.click()}>
            {words.chooseJudgements}
          </button>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            accept=".tsv,.txt,.jsonl"
            aria-label={words.chooseJudgements}
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])];
              event.currentTarget.value = "";
              if (files.length > 0)
                void pictures.judge(files.map((content) => ({ name: content.name, content })));
            }}
          />
        </p>
        <Lines label={words.pasteQrels} rows={2} value={qrels} onChange={setQrels} />
        <Lines label={words.pasteQueries} rows={2} value={queries} onChange={setQueries} />
        <p>
          <button type="button" className="button" disabled={qrels.trim() === ""} onClick={() => void use()}>
            {words.useJudgements}
          </button>
        </p>
      </details>
      <p role="status">
        {judgements && (
          <>
            {words.judgedBy(
              judgements.name,
              formatCount(judgements.queries.length),
              judgements.leftOut === 0 ? null : formatCount(judgements.leftOut),
            )}{" "}
            <button type="button" className="link" onClick={() => pictures.compareWith({ judgements: null })}>
              {words.dropJudgements}
            </button>
          </>
        )}
      </p>
    </>
  );
}
