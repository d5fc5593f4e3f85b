import { AlertDialog } from "@base-ui/react/alert-dialog";
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
  const close = (): void => models.askToDelete(null);
  const remove = (): void => {
    if (deleting) void models.remove(deleting);
    close();
  };
  const isOriginal = deleting?.what === "original";
  const sizeBytes =
    !entry || !deleting
      ? 0
      : isOriginal
        ? (entry.original?.doneBytes ?? 0)
        : (entry.variants.find(({ dtype }) => dtype === deleting.what)?.sizeBytes ?? keptBytes(entry));
  return (
    <AlertDialog.Root open={deleting !== null} onOpenChange={(open) => !open && close()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" forceRender />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">
            {deleting && askedOf(deleting, entry?.name ?? words.thisModel, words)}
          </AlertDialog.Title>
          <AlertDialog.Description>
            {words.goes(formatBytes(sizeBytes))} {isOriginal ? words.originalGoes : words.modelGoes}
          </AlertDialog.Description>
          <p className="dialog-foot">
            <AlertDialog.Close className="button">{words.keepIt}</AlertDialog.Close>
            <button type="button" className="button danger" onClick={remove}>
              {words.delete}
            </button>
          </p>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function askedOf({ what }: Deleting, name: string, { askDelete }: typeof english): string {
  if (what === undefined) return askDelete.all(name);
  return what === "original" ? askDelete.original(name) : askDelete.dtype(name, what);
}
