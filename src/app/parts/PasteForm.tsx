import { Dialog } from "@base-ui/react/dialog";
import { useId, useState } from "react";
import type { TaskId } from "../../contract/index.ts";
import { useActions } from "../state/context.tsx";

/** A name and a text; closing the dialog without adding keeps nothing. */
export function PasteForm({ task }: { readonly task: TaskId }) {
  const { corpus } = useActions();
  const [name, setName] = useState("");
  const [content, setContent] = useState("");
  const nameId = useId();
  const textId = useId();

  const add = (): void => {
    void corpus.add(task, [{ name: name.trim() || "Pasted text", content }]);
  };
  return (
    <div className="paste">
      <label htmlFor={nameId}>Name</label>
      <input
        id={nameId}
        className="field"
        value={name}
        placeholder="Pasted text"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <label htmlFor={textId}>Text</label>
      <textarea
        id={textId}
        className="field"
        rows={10}
        value={content}
        onChange={(event) => setContent(event.currentTarget.value)}
      />
      <p className="dialog-foot">
        <Dialog.Close className="button">Cancel</Dialog.Close>
        <Dialog.Close className="button strong" disabled={content.trim() === ""} onClick={add}>
          Add
        </Dialog.Close>
      </p>
    </div>
  );
}
