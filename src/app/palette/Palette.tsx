import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { use, useId, useRef, useState } from "react";
import { formatCount } from "../parts/format.ts";
import { AppStoreContext, useActions, useApp } from "../state/context.tsx";
import { palette } from "../words/en/palette.ts";
import { useLanguage, useWords } from "../words/words.ts";
import { commandsOf, groupFitting, type Command, type CommandGroup, type PageActs } from "./commands.ts";

/** Every command, by name: one input, and a list that follows what is typed. */
export function Palette() {
  const shown = useApp((state) => state.panel.overlay === "palette");
  const words = useWords("palette", palette);
  const { panel } = useActions();
  const chosen = useRef<Command | null>(null);
  const close = (): void => panel.showOverlay(null);
  return (
    <Dialog.Root
      open={shown}
      onOpenChange={(open) => !open && close()}
      onOpenChangeComplete={(open) => {
        if (open) return;
        const { current } = chosen;
        chosen.current = null;
        current?.run();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog palette" aria-label={words.title}>
          <Commands
            onChoose={(command) => {
              chosen.current = command;
              close();
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Elements of the page that a command presses. */
function press(name: Parameters<PageActs["press"]>[0]): (() => void) | null {
  const find = () => document.querySelector<HTMLElement>(`[data-press="${name}"]:not(:disabled)`);
  return find() ? () => find()?.click() : null;
}

function Commands({ onChoose }: { readonly onChoose: (command: Command) => void }) {
  const words = useWords("palette", palette);
  const language = useLanguage();
  const actions = useActions();
  const store = use(AppStoreContext);
  const [typed, setTyped] = useState("");
  const hintId = useId();
  const page: PageActs = {
    press,
    focusQuery: () => document.querySelector<HTMLElement>("[data-query]")?.focus(),
    language,
  };
  if (store === null) return null;
  const groups = groupFitting(commandsOf(store.state.getState(), actions, words, page), typed);
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filteredItems={groups}
      value={typed}
      onValueChange={setTyped}
      itemToStringValue={({ label }: Command) => label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="palette-head">
        <Autocomplete.Input
          className="field"
          aria-label={words.find}
          aria-describedby={hintId}
          placeholder={words.placeholder}
          dir="auto"
        />
        <Dialog.Close className="button">{words.close}</Dialog.Close>
      </div>
      <p id={hintId} className="unseen">
        {words.enterRuns}
      </p>
      <Autocomplete.Status className="unseen">
        {typed !== "" && words.found(formatCount(count))}
      </Autocomplete.Status>
      <Autocomplete.Empty className="palette-empty">{words.nothing}</Autocomplete.Empty>
      <Autocomplete.List className="palette-list">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.id} items={group.items} className="palette-group">
            <Autocomplete.GroupLabel className="palette-label">
              {words.groups[group.id]}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  className="palette-item"
                  data-on={command.isOn || undefined}
                  onClick={() => onChoose(command)}
                >
                  <span dir="auto">{command.label}</span>
                  {command.keys && <Keys keys={command.keys} />}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

/** Keys as they are printed on the keyboard. */
export function Keys({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className="keys" dir="ltr">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
