import type { TextModelEntry } from "../../contract/index.ts";
import { ConfirmDelete } from "../parts/ConfirmDelete.tsx";
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
    <ConfirmDelete
      trigger={{ label: words.remove, className: "link" }}
      title={words.reallyDelete(name, dtype)}
      keep={words.keepIt}
      remove={words.remove}
      onRemove={() => void answers.removeDeviceModel(id)}
    >
      {words.filesGo(formatBytes(sizeBytes))}
    </ConfirmDelete>
  );
}
