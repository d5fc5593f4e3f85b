import { useId, useState } from "react";
import { timingLanes } from "../../chart/index.ts";
import type { SearchTimings } from "../../contract/index.ts";
import { hits as english } from "../words/en/hits.ts";
import { useWords } from "../words/words.ts";
import { formatMs } from "../parts/format.ts";

const LANE = 10;

/** How long a query took and, when asked, what took the time; a step that was not measured is not there. */
export function Timings({ timings }: { readonly timings: SearchTimings }) {
  const words = useWords("hits", english);
  const [open, setOpen] = useState(false);
  const id = useId();
  const total = formatMs(timings.totalMs);
  const { bars, lanes } = timingLanes(timings);
  return (
    <>
      <button
        type="button"
        className="link sounding"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={words.timings(total)}
        onClick={() => setOpen(!open)}
      >
        {total}
      </button>
      {open && (
        <figure className="timings" id={id} aria-label={words.timingsTitle}>
          <svg viewBox={`0 0 100 ${lanes * LANE}`} preserveAspectRatio="none" aria-hidden="true">
            {bars.map(({ step, lane, from, to }) => (
              <rect
                key={step}
                data-step={step}
                x={from * 100}
                y={lane * LANE + 1}
                width={Math.max(0.3, (to - from) * 100)}
                height={LANE - 2}
              />
            ))}
          </svg>
          <dl>
            {timings.steps.map(({ step, tookMs }) => (
              <div key={step}>
                <dt>{words.steps[step]}</dt>
                <dd className="sounding">{formatMs(tookMs)}</dd>
              </div>
            ))}
          </dl>
          {lanes > 1 && <figcaption className="quiet">{words.atOnce}</figcaption>}
        </figure>
      )}
    </>
  );
}
