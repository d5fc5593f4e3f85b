import type { Dtype, ModelEntry } from "../../contract/index.ts";
import { formatBytes } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { isPartial } from "./words.ts";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

interface StoredPartsProps {
  readonly entry: ModelEntry;
  /** More of it is on its way: until then nothing of it is deleted. */
  readonly busy: boolean;
}

/** What of a model lies on this device, part by part, to be used or deleted. */
export function StoredParts({ entry, busy }: StoredPartsProps) {
  const status = useApp((state) => state.model.status);
  const { models } = useActions();
  const words = useWords("models", english);
  const { id, name, bundled, variants, original } = entry;
  const shownOriginal = busy ? null : original;
  if (variants.length === 0 && shownOriginal === null) return null;
  const openDtype = status?.model.id === id ? status.device.dtype : null;
  const remove = (what: Dtype | "original"): void => models.askToDelete({ modelId: id, what });
  return (
    <ul className="parts">
      {variants.map(({ dtype, sizeBytes }) => (
        <li key={dtype}>
          <span className="sounding">
            {dtype}, {formatBytes(sizeBytes)}
          </span>
          <button
            type="button"
            className="button"
            aria-label={words.useIn(name, dtype)}
            disabled={dtype === openDtype}
            onClick={() => void models.choose({ modelId: id, dtype })}
          >
            {dtype === openDtype ? words.inUse : words.use}
          </button>
          {!bundled && !busy && (
            <button
              type="button"
              className="button"
              aria-label={words.deleteIn(name, dtype)}
              disabled={dtype === openDtype}
              title={dtype === openDtype ? words.inUseFirst : undefined}
              onClick={() => remove(dtype)}
            >
              {words.delete}
            </button>
          )}
        </li>
      ))}
      {shownOriginal && (
        <li>
          <span className="sounding">
            {isPartial(shownOriginal) ? words.cutOff : words.original}, {formatBytes(shownOriginal.doneBytes)}
          </span>
          <button
            type="button"
            className="button"
            aria-label={words.deleteOriginalOf(name)}
            onClick={() => remove("original")}
          >
            {isPartial(shownOriginal) ? words.deleteWhatCame : words.deleteOriginal}
          </button>
        </li>
      )}
    </ul>
  );
}
