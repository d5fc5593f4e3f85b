import { useActions, useApp } from "../state/context.tsx";
import { OVERLAYS, THEMES } from "../state/panel.ts";
import { POLICIES } from "../state/url.ts";
import { settings } from "../words/en/settings.ts";
import { LANGUAGES, type Language } from "../words/language.ts";
import { useLanguage, useWords } from "../words/words.ts";
import { Choice } from "./Choice.tsx";

const SPOKEN = Object.keys(LANGUAGES) as readonly Language[];

/** How long texts are cut, day or night, the language, and the ways to what is seldom needed. */
export function SettingsChoices({ onLeave }: { readonly onLeave: () => void }) {
  const policy = useApp((state) => state.query.policy);
  const theme = useApp((state) => state.panel.theme);
  const language = useLanguage();
  const words = useWords("settings", settings);
  const { query, panel } = useActions();
  const leave = (show: () => void): void => {
    onLeave();
    show();
  };
  return (
    <>
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
    </>
  );
}
