import { Popover } from "@base-ui/react/popover";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useId } from "react";
import type { Policy } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { THEMES, type ThemeChoice } from "../state/panel.ts";
import { POLICIES } from "../state/url.ts";

const POLICY_WORDS = {
  use: "For use: passages at 512 tokens; of a conversation the newest turns stay",
  paper: "As in the paper: everything at 256 tokens, at its end. Passages are embedded once more for it",
} as const satisfies Record<Policy, string>;

const THEME_WORDS = {
  system: "As the system",
  light: "Day: chart paper",
  dark: "Night: sea and brass",
} as const satisfies Record<ThemeChoice, string>;

/** How long texts are cut, day or night. */
export function Settings() {
  const policy = useApp((state) => state.query.policy);
  const theme = useApp((state) => state.panel.theme);
  const { query, panel } = useActions();
  return (
    <Popover.Root>
      <Popover.Trigger className="tool-button">Settings</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" collisionPadding={8}>
          <Popover.Popup className="popover">
            <Popover.Title className="popover-title">Settings</Popover.Title>
            <Choice
              label="Long texts are cut"
              value={policy}
              words={POLICY_WORDS}
              all={POLICIES}
              onChange={query.setPolicy}
            />
            <Choice
              label="Appearance"
              value={theme}
              words={THEME_WORDS}
              all={THEMES}
              onChange={panel.setTheme}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly words: Readonly<Record<T, string>>;
  readonly all: readonly T[];
  readonly onChange: (value: T) => void;
}

/** One of a few, each in words. */
export function Choice<T extends string>({ label, value, words, all, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div className="choice">
      <p id={id} className="choice-label">
        {label}
      </p>
      <RadioGroup aria-labelledby={id} value={value} onValueChange={onChange}>
        {all.map((one) => (
          <label key={one} className="choice-row">
            <Radio.Root value={one} className="radio">
              <Radio.Indicator className="radio-dot" />
            </Radio.Root>
            {words[one]}
          </label>
        ))}
      </RadioGroup>
    </div>
  );
}
