import { useEffect } from "react";
import type { SearchResult, TaskId } from "../../../contract/index.ts";
import { useWidth } from "../../parts/use-width.ts";
import type { Way } from "../../state/pictures.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { TaskSign } from "../../shell/TaskSign.tsx";
import { aboutOf } from "../../views/about.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import { RankLines, type RankColumn } from "../parts/RankLines.tsx";
import { Arcs } from "./Arcs.tsx";
import { WayMaps } from "./WayMaps.tsx";
import { WayTable } from "./WayTable.tsx";
import "../../style/drawings.css";

/** As many hits as are followed from instruction to instruction. */
export const FOLLOWED = 10;

interface SixWaysProps {
  readonly task: TaskId;
  readonly result: SearchResult;
  readonly selected: number;
  readonly onSelect: (place: number) => void;
}

/** What the instruction does: one text under all six and under none, over the same passages. */
export function SixWays({ task, result, selected, onSelect }: SixWaysProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const { phase, of, ways } = useApp((state) => state.pictures.sixWays);
  const model = useApp((state) => state.model.status?.model);
  const { pictures } = useActions();
  const words = useWords("drawings", english).sixWays;
  useEffect(() => void pictures.askSixWays(task), [pictures, task, result]);

  const isStale = phase === "searching" || of !== result;
  const chosen = result.hits[selected]?.passage.id;
  const choose = (id: number): void => {
    const place = result.hits.findIndex(({ passage }) => passage.id === id);
    if (place >= 0) onSelect(place);
  };
  const own = aboutOf(task).label;
  return (
    <section className="six-way" ref={ref} aria-label={words.title} aria-busy={isStale}>
      <p className="quiet">
        {model && model.prefixes !== "tasks" ? words.oneInstruction(model.name) : words.explained(own)}
      </p>
      {ways.length === 0 || (isStale && ways[0]?.instruction !== task) ? (
        <p className="quiet" role="status">
          {words.asking}
        </p>
      ) : (
        width > 0 && (
          <div className="six-way-parts" data-stale={isStale || undefined}>
            <Arcs {...{ ways, width, chosen, choose }} />
            <RankLines
              label={words.lines}
              columns={ways.map(columnOf)}
              depth={FOLLOWED}
              {...{ width, chosen, choose }}
            />
            <WayMaps {...{ task, ways, width, chosen, choose }} />
            <WayTable ways={ways} own={own} />
          </div>
        )
      )}
    </section>
  );
}

function columnOf({ instruction, result: { hits } }: Way): RankColumn {
  if (instruction === "none") return { key: instruction, task: undefined, sign: <path d="M4 10h12" />, hits };
  const sign = (
    <svg width="20" height="20">
      <TaskSign task={instruction} />
    </svg>
  );
  return { key: instruction, task: instruction, sign, hits };
}
