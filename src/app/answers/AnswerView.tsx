import { useMemo, type ReactNode } from "react";
import { textOfQuery, type AnswerRecord } from "../../contract/index.ts";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";
import { AnswerText } from "./AnswerText.tsx";
import { Calls } from "./Calls.tsx";
import { answerToJson, answerToMarkdown } from "./forms.ts";
import { saveFile } from "../parts/save-file.ts";
import { Sources } from "./Sources.tsx";
import { SourcesContext } from "./sources-context.tsx";
import { Support } from "./Support.tsx";

/** An answer with its citations, what its sources carry of it, and ways to keep it. */
export function AnswerView({
  record,
  isWhole,
  children,
}: {
  readonly record: AnswerRecord;
  /** Nothing more comes. */
  readonly isWhole: boolean;
  /** Further ways to keep it. */
  readonly children?: ReactNode;
}) {
  const words = useWords("answers", english);
  const { text, sources, check, calls } = record;
  const known = useMemo(() => ({ sources, sentences: check?.sentences ?? [] }), [sources, check]);
  const name = textOfQuery(record.query)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 40);
  const save = (ending: string, type: string, text: string): void =>
    saveFile(`${name}.${ending}`, new Blob([text], { type: `${type};charset=utf-8` }));
  return (
    <SourcesContext value={known}>
      {text.trim() === "" && calls.length === 0 && isWhole ? (
        <p className="quiet">{words.nothingCame}</p>
      ) : (
        <AnswerText text={text} sentences={known.sentences} />
      )}
      <Calls calls={calls} />
      {isWhole && check && <Support check={check} />}
      <Sources sources={sources} />
      {isWhole && (
        <p className="answer-ways">
          {children}
          <button
            type="button"
            className="link"
            onClick={() => save("md", "text/markdown", answerToMarkdown(record))}
          >
            {words.exportMarkdown}
          </button>
          <button
            type="button"
            className="link"
            onClick={() => save("json", "application/json", answerToJson(record))}
          >
            {words.exportJson}
          </button>
        </p>
      )}
    </SourcesContext>
  );
}
