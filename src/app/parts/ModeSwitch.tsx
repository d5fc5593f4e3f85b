import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { useId } from "react";
import { useActions, useApp } from "../state/context.tsx";
import { modeInUse } from "../state/query.ts";
import { MODES } from "../state/url.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

/** Semantic, hybrid or keywords; a model without vectors leaves keywords only, and says why. */
export function ModeSwitch() {
  const mode = useApp(modeInUse);
  const model = useApp((state) => state.model.status?.model);
  const { query, panel } = useActions();
  const words = useWords("search", search);
  const reasonId = useId();
  const explained = {
    semantic: words.byMeaning[model?.similarity ?? "cosine"],
    hybrid: words.byBoth,
    keywords: words.byWords,
  };
  const hasVectors = model?.dim !== 0;
  return (
    <div className="mode">
      <ToggleGroup
        className="switch"
        aria-label={words.howToSearch}
        aria-describedby={hasVectors ? undefined : reasonId}
        value={[mode]}
        onValueChange={([next]) => next !== undefined && query.setMode(next)}
      >
        {MODES.map((one) => (
          <Toggle key={one} value={one} disabled={!hasVectors && one !== "keywords"} title={explained[one]}>
            {words.modes[one]}
          </Toggle>
        ))}
      </ToggleGroup>
      {!hasVectors && (
        <p id={reasonId}>
          {words.hasNoVectors(model.name)}{" "}
          <button type="button" className="link" onClick={() => panel.showModels(true)}>
            {words.chooseModel}
          </button>
        </p>
      )}
    </div>
  );
}
