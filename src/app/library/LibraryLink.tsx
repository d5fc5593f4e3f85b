import type { TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { selectCollection } from "../state/select.ts";
import { material } from "../words/en/material.ts";
import { useWords } from "../words/words.ts";

/** The way to everything that can be done with what was brought. */
export function LibraryLink({ task }: { readonly task: TaskId }) {
  const collectionId = useApp((state) => selectCollection(state, task)?.id ?? null);
  const { library } = useActions();
  const words = useWords("material", material);
  return (
    <button
      type="button"
      className="link"
      data-press="library"
      onClick={() => library.show({ collectionId, sourceId: null })}
    >
      {words.library}
    </button>
  );
}
