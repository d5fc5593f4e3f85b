import { lazy, Suspense, useEffect, useState } from "react";
import type { AdaptationStatus, TaskId } from "../../contract/index.ts";
import { adaptationKey } from "../state/adaptation.ts";
import { useActions, useApp } from "../state/context.tsx";
import { selectCollection } from "../state/select.ts";
import { hits as english } from "../words/en/hits.ts";
import { teach } from "../words/en/teach.ts";
import { useWords, wordsOf } from "../words/words.ts";
import { formatCount, formatSeconds } from "./format.ts";

const Compared = lazy(async () => ({ default: (await import("../hits/Compared.tsx")).Compared }));

/** What a collection has taught the query encoder, what that is worth, and a switch. */
export function Adapted({ task }: { readonly task: TaskId }) {
  const collection = useApp((state) => selectCollection(state, task));
  const status = useApp((state) =>
    collection ? state.adaptation.byKey[adaptationKey(collection, task)] : undefined,
  );
  const isAsked = useApp((state) => state.results[task].result !== null);
  const [comparing, setComparing] = useState(false);
  const words = useWords("hits", english);
  const taught = useWords("teach", teach);
  const { adaptation } = useActions();
  const id = collection?.id;
  useEffect(() => {
    if (id !== undefined) void adaptation.need(task);
  }, [adaptation, id, task]);
  if (!status) return null;
  const line = lineOf(status);
  if (line === null && status.marks === 0 && status.scored === 0) return null;
  return (
    <div className="adapted">
      {line !== null && (
        <p className="quiet" role={status.state === "training" ? "status" : undefined}>
          {line}
        </p>
      )}
      {status.marks > 0 && <p className="quiet">{words.marksLearned(formatCount(status.marks))}</p>}
      {status.scored > 0 && (
        <p className="quiet">
          {taught.learned(formatCount(status.scored))}{" "}
          <button type="button" className="link" onClick={() => void adaptation.forgetRewards(task)}>
            {taught.forget}
          </button>
        </p>
      )}
      {status.report?.why === "better" && (
        <>
          <label className="choice-row">
            <input
              type="checkbox"
              checked={status.choice !== "off"}
              onChange={({ target }) => void adaptation.choose(task, target.checked ? "auto" : "off")}
            />
            {words.useLearned}
          </label>
          {isAsked && (
            <button
              type="button"
              className="link"
              aria-expanded={comparing}
              onClick={() => setComparing(!comparing)}
            >
              {words.compare}
            </button>
          )}
          <Suspense>{comparing && isAsked && <Compared task={task} />}</Suspense>
        </>
      )}
    </div>
  );
}

/** One sentence; null where there is nothing to tell. */
export function lineOf({ state, progress, report, failure }: AdaptationStatus): string | null {
  const words = wordsOf("hits", english);
  if (state === "training") return words.adapting(String(Math.round(100 * progress)));
  if (failure) return words.notAdapted(failure.message);
  if (report === null || report.why === "too-small") return null;
  const took = formatSeconds(report.seconds);
  if (report.why === "unlisted-language") return words.unlisted;
  if (report.why === "no-better") return words.noBetter(took);
  const points = Math.round(100 * (report.after - report.before));
  return words.adapted(took, formatCount(points), points === 1);
}
