import { useState } from "react";
import type { ChatMessage } from "../../contract/index.ts";
import { formatNoun } from "../parts/format.ts";
import type { PromptParts } from "../state/answer-parts.ts";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";

interface PromptEditorProps {
  readonly parts: PromptParts;
  readonly isEdited: boolean;
  readonly onEdit: (messages: readonly ChatMessage[]) => void;
  readonly onFollow: () => void;
}

/** Everything that would be sent, open to be changed before it is. */
export function PromptEditor({ parts, isEdited, onEdit, onFollow }: PromptEditorProps) {
  const words = useWords("answers", english);
  const [open, setOpen] = useState(false);
  const { messages, functions, sources } = parts;
  return (
    <details className="prompt-editor" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {words.sent}:{" "}
        <span className="sounding">
          {words.sentCount(formatNoun(messages.length, "message"), formatNoun(sources.length, "source"))}
        </span>
      </summary>
      {isEdited && (
        <p className="warning">
          {words.edited}{" "}
          <button type="button" className="link" onClick={onFollow}>
            {words.follow}
          </button>
        </p>
      )}
      {open &&
        messages.map((message, place) => (
          <label key={place} className="stacked">
            {words.roles[message.role]}
            <textarea
              className="field"
              rows={Math.min(14, message.content.split("\n").length + 1)}
              value={message.content}
              onChange={({ currentTarget }) =>
                onEdit(
                  messages.map((one, i) => (i === place ? { ...one, content: currentTarget.value } : one)),
                )
              }
            />
          </label>
        ))}
      {functions.length > 0 && (
        <>
          <p>{words.functions(formatNoun(functions.length, "function"))}</p>
          {open && (
            <pre className="prompt-text" tabIndex={0}>
              {JSON.stringify(functions, null, 2)}
            </pre>
          )}
        </>
      )}
    </details>
  );
}
