import { useEffect, useRef, useState } from "react";
import type { Source } from "../../contract/index.ts";
import { Tags } from "../collections/Tags.tsx";
import { useActions } from "../state/context.tsx";
import { library } from "../words/en/library.ts";
import { useWords } from "../words/words.ts";

interface NameFormProps {
  readonly name: string;
  readonly onSave: (name: string) => void;
  readonly onCancel: () => void;
}

/** Another name for something. */
export function NameForm({ name, onSave, onCancel }: NameFormProps) {
  const words = useWords("library", library);
  const [typed, setTyped] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      className="rename"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(typed.trim());
      }}
    >
      <input
        className="field"
        ref={input}
        aria-label={words.newName(name)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={(event) => event.key === "Escape" && onCancel()}
      />
      <button type="submit" className="button strong" disabled={typed.trim() === ""}>
        {words.save}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {words.cancel}
      </button>
    </form>
  );
}

interface SourceActionsProps {
  readonly source: Source;
  readonly onRename: () => void;
}

/** What can be done with one source wherever it is shown. */
export function SourceActions({ source, onRename }: SourceActionsProps) {
  const words = useWords("library", library);
  const actions = useActions();
  const { id, name } = source;
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => actions.panel.read({ sourceId: id, name, startUtf16: 0, endUtf16: 0 })}
      >
        {words.read}
      </button>
      <button type="button" className="button" onClick={onRename}>
        {words.rename}
      </button>
      <Tags source={source} />
      <button type="button" className="button danger" onClick={() => void actions.library.remove([source])}>
        {words.remove}
      </button>
    </>
  );
}
