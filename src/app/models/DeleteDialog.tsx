import { AlertDialog } from "@base-ui/react/alert-dialog";
import { formatBytes } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import type { Deleting } from "../state/models.ts";
import { keptBytes } from "./words.ts";

/** Asks before weights go from this device, and says what becomes of the vectors that they made. */
export function DeleteDialog() {
  const deleting = useApp((state) => state.models.deleting);
  const entries = useApp((state) => state.models.entries);
  const { models } = useActions();
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
            Delete {deleting && partName(deleting)} {entry?.name ?? "this model"}?
          </AlertDialog.Title>
          <AlertDialog.Description>
            {formatBytes(sizeBytes)} go from this device.{" "}
            {isOriginal
              ? "Precisions that are here stay and can be used; another one needs the download again."
              : "Your sources and their passages stay. Vectors that it made stay in the database until their collection or source goes, and serve again when you get the same model in the same precision."}
          </AlertDialog.Description>
          <p className="dialog-foot">
            <AlertDialog.Close className="button">Keep it</AlertDialog.Close>
            <button type="button" className="button danger" onClick={remove}>
              Delete
            </button>
          </p>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function partName({ what }: Deleting): string {
  if (what === undefined) return "all of";
  return what === "original" ? "the original weights of" : `the ${what} weights of`;
}
