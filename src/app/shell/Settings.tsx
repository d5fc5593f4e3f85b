import { Popover } from "@base-ui/react/popover";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useId, useState } from "react";
import { useActions, useApp } from "../state/context.tsx";
import { OVERLAYS, THEMES } from "../state/panel.ts";
import { POLICIES } from "../state/url.ts";
import { settings } from "../words/en/settings.ts";
import { LANGUAGES, type Language } from "../words/language.ts";
import { useLanguage, useWords } from "../words/words.ts";

const SPOKEN = Object.keys(LANGUAGES) as readonly Language[];

/** How long texts are cut, day or night, the language, and the ways to what is seldom needed. */
export function Settings() {
  const policy = useApp((state) => state.query.policy);
  const theme = useApp((state) => state.panel.theme);
  const language = useLanguage();
  const words = useWords("settings", settings);
  const { query, panel } = useActions();
  const [open, setOpen] = useState(false);
  const leave = (show: () => void): void => {
    setOpen(false);
    show();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="tool-button">{words.title}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" collisionPadding={8}>
          <Popover.Popup className="popover">
            <Popover.Title className="popover-title">{words.title}</Popover.Title>
            <Choice
              label={words.cut}
              value={policy}
              words={words.policies}
              all={POLICIES}
              onChange={query.setPolicy}
            />
            <Choice
              label={words.appearance}
              value={theme}
              words={words.themes}
              all={THEMES}
              onChange={panel.setTheme}
            />
            <Choice
              label={words.language}
              value={language}
              words={LANGUAGES}
              all={SPOKEN}
              onChange={panel.setLanguage}
            />
            <p className="settings-more">
              {OVERLAYS.map((one) => (
                <button
                  key={one}
                  type="button"
                  className="link"
                  onClick={() => leave(() => panel.showOverlay(one))}
                >
                  {words.more[one]}
                </button>
              ))}
              <button type="button" className="link" onClick={() => leave(() => panel.goTour(0))}>
                {words.tour}
              </button>
            </p>
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
