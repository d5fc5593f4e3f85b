import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { SearchMode } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { MODES } from "../state/url.ts";

const EXPLAINED = {
  semantic: "By meaning: the angle between query and passage",
  hybrid: "By meaning and by words together",
  keywords: "By words: BM25",
} as const satisfies Record<SearchMode, string>;

/** Semantic, hybrid or keywords. */
export function ModeSwitch() {
  const mode = useApp((state) => state.query.mode);
  const { query } = useActions();
  return (
    <ToggleGroup
      className="switch"
      aria-label="How to search"
      value={[mode]}
      onValueChange={([next]) => next !== undefined && query.setMode(next)}
    >
      {MODES.map((one) => (
        <Toggle key={one} value={one} title={EXPLAINED[one]}>
          {one}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
