import { lazy } from "react";
import { settings } from "../words/en/settings.ts";
import { useWords } from "../words/words.ts";
import { ToolPopover } from "./ToolPopover.tsx";

const SettingsChoices = lazy(async () => ({
  default: (await import("./SettingsChoices.tsx")).SettingsChoices,
}));

/** The settings behind their button. */
export function Settings() {
  const { title } = useWords("settings", settings);
  return (
    <ToolPopover title={title} caption={title}>
      {(close) => <SettingsChoices onLeave={close} />}
    </ToolPopover>
  );
}
