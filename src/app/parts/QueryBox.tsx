import { useId, type KeyboardEvent } from "react";
import type { TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { Refine } from "../search/Refine.tsx";
import { RegionChip } from "../search/RegionChip.tsx";
import { selectResults } from "../state/select.ts";
import { ModeSwitch } from "./ModeSwitch.tsx";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

interface QueryBoxProps {
  readonly task: TaskId;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Where the query is written; answers come while typing, Enter skips the wait, arrow down goes to the hits. */
export function QueryBox({ task, label, placeholder, value, onChange }: QueryBoxProps) {
  const { query } = useActions();
  const result = useApp((state) => selectResults(state, task).result);
  const words = useWords("search", search);
  const id = useId();

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const { selectionStart, value: text } = event.currentTarget;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      query.submit();
    } else if (event.key === "ArrowDown" && selectionStart === text.length) {
      const first = document.querySelector<HTMLElement>("[data-hits] > [tabindex='0']");
      if (!first) return;
      event.preventDefault();
      first.focus();
    }
  };

  return (
    <div className="query">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        data-query
        dir="auto"
        rows={1}
        value={value}
        placeholder={placeholder}
        spellCheck="false"
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="query-foot">
        <ModeSwitch />
        <Refine task={task} />
        {result !== null && (
          <p
            className="sounding"
            title={
              result.query.instruction === ""
                ? words.pieces
                : words.piecesWith(result.query.instruction.trim())
            }
          >
            {words.tokens(String(result.query.lengthTokens), String(result.query.limitTokens))}
          </p>
        )}
      </div>
      <RegionChip task={task} />
    </div>
  );
}
