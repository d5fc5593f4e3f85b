import { Dialog } from "@base-ui/react/dialog";
import { useId } from "react";
import { ingest } from "../words/en/ingest.ts";
import { useWords } from "../words/words.ts";

export interface Paste {
  readonly name: string;
  readonly content: string;
}

export const NO_PASTE: Paste = { name: "", content: "" };

interface PasteFormProps {
  readonly paste: Paste;
  readonly onChange: (paste: Paste) => void;
  readonly onAdd: () => void;
}

/** A name and a text, in a dialog. */
export function PasteForm({ paste, onChange, onAdd }: PasteFormProps) {
  const { name, content } = paste;
  const words = useWords("ingest", ingest);
  const nameId = useId();
  const textId = useId();

  return (
    <div className="paste">
      <label htmlFor={nameId}>{words.name}</label>
      <input
        id={nameId}
        className="field"
        value={name}
        placeholder={words.pastedText}
        onChange={(event) => onChange({ name: event.currentTarget.value, content })}
      />
      <label htmlFor={textId}>{words.text}</label>
      <textarea
        id={textId}
        className="field"
        rows={10}
        value={content}
        onChange={(event) => onChange({ name, content: event.currentTarget.value })}
      />
      <p className="dialog-foot">
        <Dialog.Close className="button">{words.cancel}</Dialog.Close>
        <Dialog.Close className="button strong" disabled={content.trim() === ""} onClick={onAdd}>
          {words.add}
        </Dialog.Close>
      </p>
    </div>
  );
}
