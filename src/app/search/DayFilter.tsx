import { useShallow } from "zustand/react/shallow";
import { KIND_OF_TASK, type TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { narrowingOf } from "../state/refine.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

/** Only what is from certain days; what has no date is then left out. */
export function DayFilter({ task }: { readonly task: TaskId }) {
  const kind = KIND_OF_TASK[task];
  const [fromDay, untilDay] = useApp(
    useShallow((state) => {
      const narrowing = narrowingOf(state, kind);
      return [narrowing.fromDay, narrowing.untilDay] as const;
    }),
  );
  const { refine } = useActions();
  const words = useWords("search", search);
  return (
    <fieldset className="refine-list">
      <legend className="choice-label">{words.onlyDays}</legend>
      <div className="refine-days">
        <label className="stacked">
          {words.from}
          <input
            className="field"
            type="date"
            value={fromDay}
            onChange={(event) => refine.narrow(kind, { fromDay: event.currentTarget.value })}
          />
        </label>
        <label className="stacked">
          {words.upTo}
          <input
            className="field"
            type="date"
            value={untilDay}
            onChange={(event) => refine.narrow(kind, { untilDay: event.currentTarget.value })}
          />
        </label>
      </div>
      {(fromDay !== "" || untilDay !== "") && <p className="quiet">{words.undatedLeftOut}</p>}
    </fieldset>
  );
}
