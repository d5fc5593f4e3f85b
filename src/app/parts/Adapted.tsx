import { useEffect } from "react";
import type { AdaptationStatus, TaskId } from "../../contract/index.ts";
import { adaptationKey } from "../state/adaptation.ts";
import { useActions, useApp } from "../state/context.tsx";
import { selectCollection } from "../state/select.ts";
import { formatSeconds } from "./format.ts";

/** What a collection has taught the query encoder, what that is worth, and a switch. */
export function Adapted({ task }: { readonly task: TaskId }) {
  const collection = useApp((state) => selectCollection(state, task));
  const status = useApp((state) =>
    collection ? state.adaptation.byKey[adaptationKey(collection, task)] : undefined,
  );
  const { adaptation } = useActions();
  const id = collection?.id;
  useEffect(() => {
    if (id !== undefined) void adaptation.need(task);
  }, [adaptation, id, task]);
  if (!status) return null;
  const line = lineOf(status);
  if (line === null) return null;
  return (
    <div className="adapted">
      <p className="quiet" role={status.state === "training" ? "status" : undefined}>
        {line}
      </p>
      {status.report?.why === "better" && (
        <label className="choice-row">
          <input
            type="checkbox"
            checked={status.choice !== "off"}
            onChange={({ target }) => void adaptation.choose(task, target.checked ? "auto" : "off")}
          />
          Encode questions as learned here
        </label>
      )}
    </div>
  );
}

/** One sentence; null where there is nothing to tell. */
export function lineOf({ state, progress, report }: AdaptationStatus): string | null {
  if (state === "training")
    return `Learning from its own text how it is asked: ${Math.round(100 * progress)} %.`;
  if (report === null || report.why === "too-small") return null;
  const took = `in ${formatSeconds(report.seconds)}`;
  if (report.why === "no-better")
    return `Tried to adapt to this collection ${took}: on its own questions the model alone is as good, and is used.`;
  const points = Math.round(100 * (report.after - report.before));
  return `Adapted to this collection ${took}: ${points} ${points === 1 ? "point" : "points"} of nDCG@10 more on questions made of its own text.`;
}
