import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { lazy, Suspense, useRef } from "react";
import type { SearchResult, TaskId } from "../../contract/index.ts";
import { Limb } from "../parts/Limb.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { PICTURES } from "../state/pictures.ts";
import { KeepPicture } from "./KeepPicture.tsx";
import { pictures as english } from "../words/en/pictures.ts";
import { useWords } from "../words/words.ts";

const SixWays = lazy(async () => ({ default: (await import("./six-way/SixWays.tsx")).SixWays }));
const PassageMap = lazy(async () => ({ default: (await import("./map/PassageMap.tsx")).PassageMap }));
const Compare = lazy(async () => ({ default: (await import("./compare/Compare.tsx")).Compare }));

interface PicturesProps {
  readonly task: TaskId;
  readonly result: SearchResult;
  readonly selected: number;
  readonly onSelect: (place: number) => void;
}

/** The picture above the hits: the limb, or one that is loaded when it is first asked for. */
export function Pictures({ task, result, selected, onSelect }: PicturesProps) {
  const picture = useApp((state) => state.pictures.picture);
  const { pictures } = useActions();
  const words = useWords("pictures", english);
  const frame = useRef<HTMLDivElement>(null);
  return (
    <div className="pictures">
      <div className="picture-choice">
        <ToggleGroup
          className="switch"
          aria-label={words.choose}
          value={[picture]}
          onValueChange={([next]) => next !== undefined && pictures.show(next)}
        >
          {PICTURES.map((one) => (
            <Toggle key={one} value={one} title={words.explained[one]}>
              {words.names[one]}
            </Toggle>
          ))}
        </ToggleGroup>
        <KeepPicture frame={frame} name={`${task}-${picture}`} />
      </div>
      <div ref={frame} className="picture">
        <Suspense fallback={<p className="quiet">{words.loading}</p>}>
          {picture === "limb" && <Limb {...{ task, result, selected, onSelect }} />}
          {picture === "six-way" && <SixWays {...{ task, result, selected, onSelect }} />}
          {picture === "map" && <PassageMap {...{ task, result, selected, onSelect }} />}
          {picture === "compare" && <Compare task={task} />}
        </Suspense>
      </div>
    </div>
  );
}
