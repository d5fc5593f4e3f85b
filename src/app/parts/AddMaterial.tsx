import { Dialog } from "@base-ui/react/dialog";
import { lazy, Suspense, useRef, useState } from "react";
import { ACCEPTED, KIND_OF_TASK, type ImportOptions, type TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { fromDisk, isUnderWay, type Incoming } from "../state/queue.ts";
import { hasSample, selectSample } from "../state/select.ts";
import { broughtTo } from "../views/about.ts";
import { ingest } from "../words/en/ingest.ts";
import { useWords } from "../words/words.ts";
import { NO_PASTE, PasteForm } from "./PasteForm.tsx";

const AddressForm = lazy(async () => ({ default: (await import("../queue/AddressForm.tsx")).AddressForm }));
const TokenizerChoice = lazy(async () => ({
  default: (await import("../queue/TokenizerChoice.tsx")).TokenizerChoice,
}));

/** Ways of putting something in: files, a paste, an address, the sample. Dropping works anywhere in the window. */
export function AddMaterial({
  task,
  primary = false,
}: {
  readonly task: TaskId;
  readonly primary?: boolean;
}) {
  const sample = useApp((state) => selectSample(state, task));
  const isSampleHere = useApp((state) => hasSample(state, task));
  const busy = useApp((state) => state.jobs.running.length > 0 || state.queue.files.some(isUnderWay));
  const { queue, panel } = useActions();
  const words = useWords("ingest", ingest);
  const input = useRef<HTMLInputElement>(null);
  const brings = broughtTo(task);
  const accept = ACCEPTED[KIND_OF_TASK[task]].extensions.join(",");
  const [paste, setPaste] = useState(NO_PASTE);
  const [options, setOptions] = useState<ImportOptions>({});

  const add = (incoming: readonly Incoming[]) => queue.add(task, incoming, options);

  /** What is refused stands in the dialog again, unless something else was begun there. */
  const addPaste = async (): Promise<void> => {
    setPaste(NO_PASTE);
    const name = paste.name.trim() || words.pastedText;
    if (await add([{ name, content: paste.content }])) return;
    setPaste((now) => (now.content === "" ? paste : now));
  };

  return (
    <div className="add" data-primary={primary || undefined}>
      <p className="add-drop">
        {primary ? words.dropAnywhere : words.dropMore} <span>{brings}</span>
      </p>
      <div className="add-ways">
        <button
          type="button"
          className="button strong"
          data-press="add"
          onClick={() => input.current?.click()}
        >
          {words.chooseFiles}
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={accept}
          aria-label={words.filesToAdd}
          onChange={(event) => {
            void add([...(event.currentTarget.files ?? [])].map((file) => fromDisk(file)));
            event.currentTarget.value = "";
          }}
        />
        <Dialog.Root>
          <Dialog.Trigger className="button" data-press="paste">
            {words.paste}
          </Dialog.Trigger>
          <Dialog.Portal>
            <Dialog.Backdrop className="backdrop" />
            <Dialog.Popup className="dialog" data-task={task}>
              <Dialog.Title className="dialog-title">{words.pasteText}</Dialog.Title>
              <Dialog.Description className="quiet">{brings}</Dialog.Description>
              <PasteForm paste={paste} onChange={setPaste} onAdd={() => void addPaste()} />
            </Dialog.Popup>
          </Dialog.Portal>
        </Dialog.Root>
        <Dialog.Root>
          <Dialog.Trigger className="button">{words.fromWeb}</Dialog.Trigger>
          <Dialog.Portal>
            <Dialog.Backdrop className="backdrop" />
            <Dialog.Popup className="dialog" data-task={task}>
              <Dialog.Title className="dialog-title">{words.fromWeb}</Dialog.Title>
              <Suspense>
                <AddressForm onAdd={(url) => void add([{ name: url, url }])} />
              </Suspense>
            </Dialog.Popup>
          </Dialog.Portal>
        </Dialog.Root>
        {sample && !isSampleHere && (
          <button type="button" className="button" disabled={busy} onClick={() => void panel.addSample(task)}>
            {words.trySample}
          </button>
        )}
      </div>
      {KIND_OF_TASK[task] === "chunk" && (
        <Suspense>
          <TokenizerChoice value={options.tokenizer ?? "model"} onChange={setOptions} />
        </Suspense>
      )}
      {sample && primary && (
        <p className="quiet add-sample" dir="auto">
          {words.sample(sample.title, sample.line, sample.licence)}
        </p>
      )}
    </div>
  );
}
