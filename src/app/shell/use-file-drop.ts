import { useEffect, useState } from "react";
import type { TaskId } from "../../contract/index.ts";
import { useActions } from "../state/context.tsx";
import { readDropped } from "./dropped-files.ts";
import { takeDropped } from "./take-dropped.ts";
import { shell } from "../words/en/shell.ts";
import { wordsOf } from "../words/words.ts";

/** Takes files and folders that are dropped anywhere in the window; true while some are held over it. */
export function useFileDrop(task: TaskId): boolean {
  const actions = useActions();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      readDropped(event.dataTransfer)
        .then((dropped) => takeDropped(dropped, task, actions))
        .catch((error: unknown) => actions.jobs.fail(wordsOf("shell", shell).readingDropped, error));
    };
    window.addEventListener("dragover", onOver, { signal });
    window.addEventListener("dragleave", onLeave, { signal });
    window.addEventListener("drop", onDrop, { signal });
    return () => stop.abort();
  }, [actions, task]);

  return over;
}
