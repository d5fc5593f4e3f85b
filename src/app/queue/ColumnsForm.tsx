import { useId, useState } from "react";
import type { ReadColumns } from "../../contract/index.ts";
import { useActions } from "../state/context.tsx";
import type { QueuedFile } from "../state/queue.ts";
import { queue as english } from "../words/en/queue.ts";
import { useWords } from "../words/words.ts";

interface ColumnsFormProps {
  readonly file: QueuedFile;
  readonly columns: ReadColumns;
}

/** Asks which columns of a table of examples are which, where that was guessed. */
export function ColumnsForm({ file, columns }: ColumnsFormProps) {
  const { queue } = useActions();
  const words = useWords("queue", english);
  const [input, setInput] = useState(columns.input);
  const [output, setOutput] = useState(columns.output);
  return (
    <form
      className="notice columns"
      aria-label={words.columnsOf(file.name)}
      onSubmit={(event) => {
        event.preventDefault();
        void queue.confirm(file.id, { input, output });
      }}
    >
      <p>
        {words.columnsOf(file.name)} <span className="quiet">{words.guessed}</span>
      </p>
      <Column label={words.input} names={columns.names} value={input} onChange={setInput} />
      <Column label={words.output} names={columns.names} value={output} onChange={setOutput} />
      <button type="submit" className="button strong" disabled={input === output}>
        {words.confirm}
      </button>
    </form>
  );
}

interface ColumnProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string;
  readonly onChange: (name: string) => void;
}

function Column({ label, names, value, onChange }: ColumnProps) {
  const id = useId();
  return (
    <span className="column">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="field"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
