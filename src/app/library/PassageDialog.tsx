import { Dialog } from "@base-ui/react/dialog";
import { useEffect, useRef, useState, type FormEvent } from "react";
import {
  EDITABLE_KINDS,
  type Kind,
  type Passage,
  type PassageEdit,
  type Source,
} from "../../contract/index.ts";
import { formatCount } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { ingest } from "../words/en/ingest.ts";
import { library } from "../words/en/library.ts";
import { useWords } from "../words/words.ts";
import { placeOf } from "./PassageList.tsx";

interface PassageDialogProps {
  readonly passage: Passage;
  readonly source: Source;
  readonly kind: Kind;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/** One passage in full; one that stands for itself can be given new words, or deleted. */
export function PassageDialog({ passage, source, kind, isOpen, onOpen }: PassageDialogProps) {
  const words = useWords("library", library);
  const pageWords = useWords("ingest", ingest);
  const { panel, library: actions } = useActions();
  const task = useApp((state) => state.query.task);
  const [editing, setEditing] = useState(false);
  const isEditable = EDITABLE_KINDS.some((one) => one === kind);
  const { startUtf16, endUtf16, title, text, ordinal, isEdited } = passage;
  const save = async (edit: PassageEdit): Promise<void> => {
    if (await actions.edit(passage, edit)) setEditing(false);
  };
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        setEditing(false);
        onOpen(open);
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog" data-task={task}>
          <Dialog.Title className="dialog-title">{words.openPassage(formatCount(ordinal + 1))}</Dialog.Title>
          <Dialog.Description className="sounding">
            {placeOf(passage, words, pageWords)}
            {isEdited && `, ${words.edited}`}
          </Dialog.Description>
          {editing ? (
            <EditForm
              passage={passage}
              onSave={(edit) => void save(edit)}
              onCancel={() => setEditing(false)}
            />
          ) : (
            <>
              {title !== "" && <strong dir="auto">{title}</strong>}
              <p className="passage-text" dir="auto" tabIndex={0}>
                {text}
              </p>
              {!isEditable && <p className="quiet">{words.partOfSource}</p>}
              <p className="dialog-foot">
                {isEditable && source.done === source.total && (
                  <button
                    type="button"
                    className="button danger"
                    onClick={() => {
                      onOpen(false);
                      void actions.removePassage(passage, source);
                    }}
                  >
                    {words.deleteOne}
                  </button>
                )}
                {isEdited && (
                  <button type="button" className="button" onClick={() => void actions.revert(passage)}>
                    {words.revert}
                  </button>
                )}
                <button
                  type="button"
                  className="button"
                  onClick={() => {
                    onOpen(false);
                    panel.read({ sourceId: source.id, name: source.name, startUtf16, endUtf16 });
                  }}
                >
                  {words.inSource}
                </button>
                {isEditable && (
                  <button type="button" className="button strong" onClick={() => setEditing(true)}>
                    {words.edit}
                  </button>
                )}
                <Dialog.Close className="button">{words.close}</Dialog.Close>
              </p>
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface EditFormProps {
  readonly passage: Passage;
  readonly onSave: (edit: PassageEdit) => void;
  readonly onCancel: () => void;
}

function EditForm({ passage, onSave, onCancel }: EditFormProps) {
  const words = useWords("library", library);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const edit = editFrom(passage, new FormData(event.currentTarget));
    if (edit) onSave(edit);
  };
  return (
    <form className="edit-form" ref={form} onSubmit={submit}>
      {fieldsOf(passage, words).map(({ name, label, value }) => (
        <label key={name} className="stacked">
          {label}
          <textarea className="field" name={name} defaultValue={value} rows={rowsFor(value)} />
        </label>
      ))}
      <p className="quiet">{words.editExplained}</p>
      <p className="dialog-foot">
        <button type="button" className="button" onClick={onCancel}>
          {words.cancel}
        </button>
        <button type="submit" className="button strong">
          {words.save}
        </button>
      </p>
    </form>
  );
}

const MOST_ROWS = 10;
const LETTERS_A_ROW = 60;

function rowsFor(value: string): number {
  return Math.min(MOST_ROWS, 1 + value.split("\n").length + Math.floor(value.length / LETTERS_A_ROW));
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** A tool's parameters follow its own words, each under its name. */
const PARAMETER = "parameter:";

function fieldsOf({ record }: Passage, words: typeof library): readonly Field[] {
  switch (record.kind) {
    case "exchange":
      return [
        { name: "speaker1", label: words.speaker1, value: record.speaker1 },
        { name: "speaker2", label: words.speaker2, value: record.speaker2 },
      ];
    case "example":
      return [
        { name: "input", label: words.input, value: record.input },
        { name: "output", label: words.output, value: record.output },
      ];
    case "tool":
      return [
        { name: "api", label: words.toolName, value: record.api },
        { name: "description", label: words.description, value: record.description },
        ...[...record.required, ...record.optional].map(({ name, description }) => ({
          name: PARAMETER + name,
          label: words.parameter(name),
          value: description,
        })),
      ];
    case "document":
    case "chunk":
      return [];
    default:
      return record satisfies never;
  }
}

function editFrom({ record }: Passage, form: FormData): PassageEdit | null {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.replaceAll("\r\n", "\n") : "";
  };
  switch (record.kind) {
    case "exchange":
      return { kind: "exchange", speaker1: text("speaker1"), speaker2: text("speaker2") };
    case "example":
      return { kind: "example", input: text("input"), output: text("output") };
    case "tool": {
      const names = [...record.required, ...record.optional].map(({ name }) => name);
      const parameters = Object.fromEntries(names.map((name) => [name, text(PARAMETER + name)]));
      return { kind: "tool", api: text("api"), description: text("description"), parameters };
    }
    case "document":
    case "chunk":
      return null;
    default:
      return record satisfies never;
  }
}
