import { useEffect } from "react";

/** `/` goes to the query of the task on show, unless something is being written. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.closest("input, textarea, select, [role=dialog]")) return;
      const query = document.querySelector<HTMLElement>("[data-query]");
      if (!query) return;
      event.preventDefault();
      query.focus();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
