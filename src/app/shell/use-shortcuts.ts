import { useEffect } from "react";
import { useActions, useApp } from "../state/context.tsx";
import { keyAsks } from "./shortcuts.ts";

/** Hears the keys that act on the whole page, unless they are switched off or a dialog is open. */
export function useShortcuts(): void {
  const heard = useApp((state) => state.panel.shortcuts);
  const { panel, query } = useActions();
  useEffect(() => {
    if (!heard) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      const at = target instanceof HTMLElement ? target : document.body;
      if (event.defaultPrevented || event.isComposing || at.closest("[role=dialog], [role=alertdialog]"))
        return;
      const isWriting = at.isContentEditable || at.closest("input, textarea, select") !== null;
      const asked = keyAsks(event, isWriting);
      if (asked === null) return;
      event.preventDefault();
      if (asked.does === "query") document.querySelector<HTMLElement>("[data-query]")?.focus();
      else if (asked.does === "task") query.setTask(asked.task);
      else panel.showOverlay(asked.does);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [heard, panel, query]);
}
