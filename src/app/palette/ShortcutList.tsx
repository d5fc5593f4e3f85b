import { Dialog } from "@base-ui/react/dialog";
import { paletteKeys } from "../shell/shortcuts.ts";
import { useActions, useApp } from "../state/context.tsx";
import { palette } from "../words/en/palette.ts";
import { useWords } from "../words/words.ts";
import { Keys } from "./Palette.tsx";

/** All keys, where they act, and the switch for those that act anywhere. */
export function ShortcutList() {
  const shown = useApp((state) => state.panel.overlay === "shortcuts");
  const heard = useApp((state) => state.panel.shortcuts);
  const { panel } = useActions();
  const { shortcuts: words, close } = useWords("palette", palette);
  return (
    <Dialog.Root open={shown} onOpenChange={(open) => panel.showOverlay(open ? "shortcuts" : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <header className="reader-head">
            <Dialog.Title className="dialog-title">{words.title}</Dialog.Title>
            <Dialog.Close className="button">{close}</Dialog.Close>
          </header>
          <label className="choice-row">
            <input
              type="checkbox"
              checked={heard}
              onChange={(event) => panel.setShortcuts(event.currentTarget.checked)}
            />
            {words.switch}
          </label>
          <Dialog.Description className="quiet">{words.explained}</Dialog.Description>
          <KeyTable
            caption={words.anywhere}
            isOff={!heard}
            rows={[
              [paletteKeys(navigator.platform), words.openPalette],
              [["/"], words.toQuery],
              [["1", "2", "…", "6"], words.toTask],
              [["?"], words.openList],
            ]}
          />
          <KeyTable
            caption={words.query}
            rows={[
              [["Enter"], words.skip],
              [["Shift", "Enter"], words.newLine],
              [["↓"], words.intoHits],
            ]}
          />
          <KeyTable
            caption={words.hits}
            rows={[
              [["↑", "↓"], words.next],
              [["Enter"], words.expand],
              [["o"], words.source],
              [["Esc"], words.leave],
            ]}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface KeyTableProps {
  readonly caption: string;
  readonly isOff?: boolean;
  readonly rows: readonly (readonly [keys: readonly string[], does: string])[];
}

function KeyTable({ caption, isOff = false, rows }: KeyTableProps) {
  const { keys, does } = useWords("palette", palette).shortcuts;
  return (
    <table className="key-table" data-off={isOff || undefined}>
      <caption>{caption}</caption>
      <thead className="unseen">
        <tr>
          <th scope="col">{keys}</th>
          <th scope="col">{does}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([pressed, done]) => (
          <tr key={done}>
            <td>
              <Keys keys={pressed} />
            </td>
            <td>{done}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
