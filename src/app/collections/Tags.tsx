import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import type { Source } from "../../contract/index.ts";
import { useActions } from "../state/context.tsx";
import { material } from "../words/en/material.ts";
import { useWords } from "../words/words.ts";

/** Words of one's own on a source, by which a search can be narrowed. */
export function Tags({ source }: { readonly source: Source }) {
  const [open, setOpen] = useState(false);
  const { corpus } = useActions();
  const words = useWords("material", material);
  const { name, tags } = source;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="link tags" aria-label={words.tagsOf(name)}>
        {tags.length === 0 ? words.tag : <span dir="auto">{words.listed(tags)}</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="start" collisionPadding={8}>
          <Popover.Popup className="popover">
            <Popover.Title className="popover-title">{words.tagsOf(name)}</Popover.Title>
            <TagsForm
              tags={tags}
              onSave={(next) => {
                setOpen(false);
                void corpus.tag(source, next);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface TagsFormProps {
  readonly tags: readonly string[];
  readonly onSave: (tags: readonly string[]) => void;
}

function TagsForm({ tags, onSave }: TagsFormProps) {
  const words = useWords("material", material);
  const [typed, setTyped] = useState(tags.join(", "));
  return (
    <form
      className="name-form"
      onSubmit={(event) => {
        event.preventDefault();
        const own = typed.split(/[,，、]/).map((tag) => tag.trim());
        onSave([...new Set(own.filter((tag) => tag !== ""))]);
      }}
    >
      <label className="stacked">
        {words.tagWords}
        <input
          className="field"
          value={typed}
          placeholder={words.tagExample}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button">
        {words.save}
      </button>
    </form>
  );
}
