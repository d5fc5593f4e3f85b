import type { Dtype, ModelEntry } from "../../contract/index.ts";
import { formatBytes } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { isPartial } from "./words.ts";

interface StoredPartsProps {
  readonly entry: ModelEntry;
  /** More of it is on its way: until then nothing of it is deleted. */
  readonly busy: boolean;
}

/** What of a model lies on this device, part by part, to be used or deleted. */
export function StoredParts({ entry, busy }: StoredPartsProps) {
  const status = useApp((state) => state.model.status);
  const { models } = useActions();
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
            aria-label={`Use ${name} in ${dtype}`}
            disabled={dtype === openDtype}
            onClick={() => void models.choose({ modelId: id, dtype })}
          >
            {dtype === openDtype ? "In use" : "Use"}
          </button>
          {!bundled && !busy && (
            <button
              type="button"
              className="button"
              aria-label={`Delete ${name} in ${dtype}`}
              disabled={dtype === openDtype}
              title={dtype === openDtype ? "In use: choose another model first" : undefined}
              onClick={() => remove(dtype)}
            >
              Delete
            </button>
          )}
        </li>
      ))}
      {shownOriginal && (
        <li>
          <span className="sounding">
            {isPartial(shownOriginal) ? "cut off" : "original"}, {formatBytes(shownOriginal.doneBytes)}
          </span>
          <button
            type="button"
            className="button"
            aria-label={`Delete the original weights of ${name}`}
            onClick={() => remove("original")}
          >
            {isPartial(shownOriginal) ? "Delete what came" : "Delete the original weights"}
          </button>
        </li>
      )}
    </ul>
  );
}
