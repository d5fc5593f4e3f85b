import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { TextModelEntry } from "../../contract/index.ts";
import { formatBytes } from "../parts/format.ts";
import { useActions } from "../state/context.tsx";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";

/** Asks before a language model's files go from this device: bringing them back is a download. */
export function DeleteDeviceModel({
  model: { id, name, dtype, sizeBytes },
}: {
  readonly model: TextModelEntry;
}) {
  const words = useWords("answers", english);
  const { answers } = useActions();
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className="link">{words.remove}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">{words.reallyDelete(name, dtype)}</AlertDialog.Title>
          <AlertDialog.Description>{words.filesGo(formatBytes(sizeBytes))}</AlertDialog.Description>
          <p className="dialog-foot">
            <AlertDialog.Close className="button">{words.keepIt}</AlertDialog.Close>
            <AlertDialog.Close className="button danger" onClick={() => void answers.removeDeviceModel(id)}>
              {words.remove}
            </AlertDialog.Close>
          </p>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
