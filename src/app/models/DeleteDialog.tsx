import { ConfirmDelete } from "../parts/ConfirmDelete.tsx";
import { formatBytes } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import type { Deleting } from "../state/models.ts";
import { keptBytes } from "./words.ts";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

/** Asks before weights go from this device, and says what becomes of the vectors that they made. */
export function DeleteDialog() {
  const deleting = useApp((state) => state.models.deleting);
  const entries = useApp((state) => state.models.entries);
  const { models } = useActions();
  const words = useWords("models", english);
  const entry = entries?.find(({ id }) => id === deleting?.modelId);
  const isOriginal = deleting?.what === "original";
  const sizeBytes =
    !entry || !deleting
      ? 0
      : isOriginal
        ? (entry.original?.doneBytes ?? 0)
        : (entry.variants.find(({ dtype }) => dtype === deleting.what)?.sizeBytes ?? keptBytes(entry));
  return (
    <ConfirmDelete
      isOpen={deleting !== null}
      onClose={() => models.askToDelete(null)}
      title={deleting && askedOf(deleting, entry?.name ?? words.thisModel, words)}
      keep={words.keepIt}
      remove={words.delete}
      onRemove={() => deleting && void models.remove(deleting)}
    >
      {words.goes(formatBytes(sizeBytes))} {isOriginal ? words.originalGoes : words.modelGoes}
    </ConfirmDelete>
  );
}

function askedOf({ what }: Deleting, name: string, { askDelete }: typeof english): string {
  if (what === undefined) return askDelete.all(name);
  return what === "original" ? askDelete.original(name) : askDelete.dtype(name, what);
}
