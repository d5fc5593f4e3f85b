import { Dialog } from "@base-ui/react/dialog";
import { useRef, useState } from "react";
import { ACCEPTED, KIND_OF_TASK, type TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { hasSample, selectSample } from "../state/select.ts";
import { broughtTo } from "../views/about.ts";
import { NO_PASTE, PasteForm } from "./PasteForm.tsx";

/** Ways of putting something in: files, a paste, the sample. Dropping works anywhere in the window. */
export function AddMaterial({
  task,
  primary = false,
}: {
  readonly task: TaskId;
  readonly primary?: boolean;
}) {
  const sample = useApp((state) => selectSample(state, task));
  const isSampleHere = useApp((state) => hasSample(state, task));
  const busy = useApp((state) => state.jobs.running.length > 0);
  const { corpus, panel } = useActions();
  const input = useRef<HTMLInputElement>(null);
  const brings = broughtTo(task);
  const accept = ACCEPTED[KIND_OF_TASK[task]].extensions.join(",");
  const [paste, setPaste] = useState(NO_PASTE);

  /** What is refused stands in the dialog again, unless something else was begun there. */
  const addPaste = async (): Promise<void> => {
    setPaste(NO_PASTE);
    const name = paste.name.trim() || "Pasted text";
    if (await corpus.add(task, [{ name, content: paste.content }])) return;
    setPaste((now) => (now.content === "" ? paste : now));
  };

  return (
    <div className="add" data-primary={primary || undefined}>
      <p className="add-drop">
        {primary ? "Drop files anywhere in this window." : "Drop more anywhere."} <span>{brings}</span>
      </p>
      <div className="add-ways">
        <button type="button" className="button strong" onClick={() => input.current?.click()}>
          Choose files
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={accept}
          aria-label="Files to add"
          onChange={(event) => {
            void corpus.add(task, [...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
        <Dialog.Root>
          <Dialog.Trigger className="button">Paste</Dialog.Trigger>
          <Dialog.Portal>
            <Dialog.Backdrop className="backdrop" />
            <Dialog.Popup className="dialog" data-task={task}>
              <Dialog.Title className="dialog-title">Paste a text</Dialog.Title>
              <Dialog.Description className="quiet">{brings}</Dialog.Description>
              <PasteForm paste={paste} onChange={setPaste} onAdd={() => void addPaste()} />
            </Dialog.Popup>
          </Dialog.Portal>
        </Dialog.Root>
        {sample && !isSampleHere && (
          <button type="button" className="button" disabled={busy} onClick={() => void panel.addSample(task)}>
            Try the sample
          </button>
        )}
      </div>
      {sample && primary && (
        <p className="quiet add-sample">
          The sample: {sample.title}. {sample.line} {sample.licence}
        </p>
      )}
    </div>
  );
}
