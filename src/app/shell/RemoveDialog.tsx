import { AlertDialog } from "@base-ui/react/alert-dialog";
import { formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";

/** Asks before a source, its passages and their vectors go from this device. */
export function RemoveDialog() {
  const source = useApp((state) => state.panel.removing);
  const { panel, corpus } = useActions();
  const remove = (): void => {
    if (source) void corpus.remove(source);
    panel.askToRemove(null);
  };
  return (
    <AlertDialog.Root open={source !== null} onOpenChange={(open) => !open && panel.askToRemove(null)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">Remove {source?.name}?</AlertDialog.Title>
          <AlertDialog.Description>
            Its text, {formatNoun(source?.total ?? 0, "passage")} and all their vectors go from this device.
            This cannot be undone; the file that it came from is not touched.
          </AlertDialog.Description>
          <p className="dialog-foot">
            <AlertDialog.Close className="button">Keep it</AlertDialog.Close>
            <button type="button" className="button danger" onClick={remove}>
              Remove
            </button>
          </p>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
