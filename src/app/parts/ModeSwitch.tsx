import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { useId } from "react";
import type { SearchMode, Similarity } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { modeInUse } from "../state/query.ts";
import { MODES } from "../state/url.ts";

const BY_MEANING = {
  cosine: "By meaning: the angle between query and passage",
  "inner-product": "By meaning: the inner product of query and passage",
} as const satisfies Record<Similarity, string>;

const EXPLAINED = {
  hybrid: "By meaning and by words together",
  keywords: "By words: BM25",
} as const satisfies Record<Exclude<SearchMode, "semantic">, string>;

/** Semantic, hybrid or keywords; a model without vectors leaves keywords only, and says why. */
export function ModeSwitch() {
  const mode = useApp(modeInUse);
  const model = useApp((state) => state.model.status?.model);
  const { query, panel } = useActions();
  const reasonId = useId();
  const hasVectors = model?.dim !== 0;
  return (
    <div className="mode">
      <ToggleGroup
        className="switch"
        aria-label="How to search"
        aria-describedby={hasVectors ? undefined : reasonId}
        value={[mode]}
        onValueChange={([next]) => next !== undefined && query.setMode(next)}
      >
        {MODES.map((one) => (
          <Toggle
            key={one}
            value={one}
            disabled={!hasVectors && one !== "keywords"}
            title={one === "semantic" ? BY_MEANING[model?.similarity ?? "cosine"] : EXPLAINED[one]}
          >
            {one}
          </Toggle>
        ))}
      </ToggleGroup>
      {!hasVectors && (
        <p id={reasonId}>
          {model.name} has no vectors: words only.{" "}
          <button type="button" className="link" onClick={() => panel.showModels(true)}>
            Choose a model
          </button>
        </p>
      )}
    </div>
  );
}
