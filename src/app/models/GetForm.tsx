import { useState, type ReactNode } from "react";
import type { Dtype } from "../../contract/index.ts";
import { DEFAULT_DTYPE } from "../state/models.ts";
import { Choice } from "../shell/Choice.tsx";
import { PRECISIONS } from "./words.ts";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

interface GetFormProps {
  /** What the button is called. */
  readonly action: string;
  /** Precisions to choose from; default is all. */
  readonly precisions?: readonly Dtype[];
  /** What each of them is; default is in general. */
  readonly words?: Readonly<Record<Dtype, string>>;
  /** Something is still missing. */
  readonly incomplete?: boolean;
  readonly onGet: (dtype: Dtype, use: boolean) => void;
  readonly onCancel?: () => void;
  /** What is asked besides, and what will happen. */
  readonly children?: ReactNode;
}

/** In which precision a model is wanted, and whether it is used at once; nothing happens before it is sent. */
export function GetForm(props: GetFormProps) {
  const told = useWords("models", english);
  const { action, precisions = PRECISIONS, words = told.precisions, incomplete = false } = props;
  const { onGet, onCancel, children } = props;
  const first = precisions.includes(DEFAULT_DTYPE) ? DEFAULT_DTYPE : precisions[0];
  const [dtype, setDtype] = useState(first);
  const [use, setUse] = useState(true);
  if (dtype === undefined) return null;
  return (
    <form
      className="get-form"
      onSubmit={(event) => {
        event.preventDefault();
        onGet(dtype, use);
      }}
    >
      {children}
      <Choice label={told.keepIn} value={dtype} words={words} all={precisions} onChange={setDtype} />
      <label className="choice-row">
        <input type="checkbox" checked={use} onChange={(event) => setUse(event.currentTarget.checked)} />
        {told.useWhenReady}
      </label>
      <p className="dialog-foot">
        {onCancel && (
          <button type="button" className="button" onClick={onCancel}>
            {told.notNow}
          </button>
        )}
        <button type="submit" className="button strong" disabled={incomplete}>
          {action}
        </button>
      </p>
    </form>
  );
}
