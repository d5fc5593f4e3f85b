import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { KIND_OF_TASK, type Collection, type TaskId } from "../../contract/index.ts";
import { formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { selectCollection } from "../state/select.ts";

/** Which collection of its kind is worked on; another is made or chosen, and this one deleted, from here. */
export function Collections({ task }: { readonly task: TaskId }) {
  const main = useApp((state) => selectCollection(state, task));
  const all = useApp(
    useShallow((state) => state.corpus.collections.filter(({ kind }) => kind === KIND_OF_TASK[task])),
  );
  const { corpus, library } = useActions();
  const [open, setOpen] = useState(false);
  if (!main) return null;
  const done = (work: () => void): void => {
    setOpen(false);
    work();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="link">
        {all.length === 1 ? "New collection" : `${all.length} collections`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="start" collisionPadding={8}>
          <Popover.Popup className="popover">
            <Popover.Title className="popover-title">Collections</Popover.Title>
            {all.length > 1 && (
              <ul className="collections">
                {all.map((one) => (
                  <li key={one.id}>
                    <button
                      type="button"
                      className="link"
                      aria-current={one.id === main.id || undefined}
                      onClick={() => done(() => corpus.choose(one))}
                    >
                      {one.name}
                    </button>
                    <span className="quiet">{formatNoun(one.sources, "source")}</span>
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
        A new one is called
        <input className="field" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <button type="submit" className="button" disabled={name.trim() === ""}>
        Make it
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
  const { name, sources, passages } = collection;
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button type="button" className="button" onClick={() => setAsking(true)}>
        Delete {name}
      </button>
    );
  return (
    <div className="name-form" role="group" aria-label={`Delete ${name}`}>
      <p>
        {formatNoun(sources, "source")} and {formatNoun(passages, "passage")} go from this device, with all
        their vectors. This cannot be undone.
      </p>
      <button type="button" className="button danger" onClick={onDrop}>
        Delete it
      </button>
    </div>
  );
}
