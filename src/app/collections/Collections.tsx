import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { KIND_OF_TASK, type Collection, type TaskId } from "../../contract/index.ts";
import { formatNoun } from "../parts/format.ts";
import { PlaceBadge } from "../remote/PlaceBadge.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { selectCollection } from "../state/select.ts";
import { shownName } from "../state/collection-name.ts";
import { material } from "../words/en/material.ts";
import { useWords } from "../words/words.ts";

/** Which collection of its kind is worked on; another is made or chosen, and this one deleted, from here. */
export function Collections({ task }: { readonly task: TaskId }) {
  const main = useApp((state) => selectCollection(state, task));
  const all = useApp(
    useShallow((state) => state.corpus.collections.filter(({ kind }) => kind === KIND_OF_TASK[task])),
  );
  const { corpus, library } = useActions();
  const words = useWords("material", material);
  const [open, setOpen] = useState(false);
  if (!main) return null;
  const done = (work: () => void): void => {
    setOpen(false);
    work();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="link">
        {all.length === 1 ? words.newCollection : words.collectionCount(String(all.length))}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="start" collisionPadding={8}>
          <Popover.Popup className="popover">
            <Popover.Title className="popover-title">{words.collections}</Popover.Title>
            {all.length > 1 && (
              <ul className="collections">
                {all.map((one) => (
                  <li key={one.id}>
                    <button
                      type="button"
                      className="link"
                      dir="auto"
                      aria-current={one.id === main.id || undefined}
                      onClick={() => done(() => corpus.choose(one))}
                    >
                      {shownName(one)}
                    </button>
                    <span className="quiet">{formatNoun(one.sources, "source")}</span>{" "}
                    <PlaceBadge collectionId={one.id} />
                  </li>
                ))}
              </ul>
            )}
            <NewCollection onMake={(name) => done(() => void corpus.create(task, name))} />
            {all.length > 1 && (
              <DropCollection
                key={main.id}
                collection={main}
                onDrop={() => done(() => void library.deleteCollection(main.id))}
              />
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function NewCollection({ onMake }: { readonly onMake: (name: string) => void }) {
  const words = useWords("material", material);
  const [name, setName] = useState("");
  return (
    <form
      className="name-form"
      onSubmit={(event) => {
        event.preventDefault();
        onMake(name.trim());
      }}
    >
      <label className="stacked">
        {words.newName}
        <input className="field" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <button type="submit" className="button" disabled={name.trim() === ""}>
        {words.make}
      </button>
    </form>
  );
}

interface DropCollectionProps {
  readonly collection: Collection;
  readonly onDrop: () => void;
}

/** Deleting asks once more before it does. */
function DropCollection({ collection, onDrop }: DropCollectionProps) {
  const { sources, passages } = collection;
  const name = shownName(collection);
  const words = useWords("material", material);
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {words.delete(name)}
      </button>
    );
  return (
    <div className="name-form" role="group" aria-label={words.delete(name)}>
      <p>{words.deleted(formatNoun(sources, "source"), formatNoun(passages, "passage"))}</p>
      <button type="button" className="button danger" onClick={onDrop}>
        {words.deleteIt}
      </button>
    </div>
  );
}
