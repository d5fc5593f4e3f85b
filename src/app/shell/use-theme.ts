import { useEffect } from "react";
import { useApp } from "../state/context.tsx";

/** Hands the chosen appearance to the stylesheet; without one the system decides. */
export function useTheme(): void {
  const theme = useApp((state) => state.panel.theme);
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
}
