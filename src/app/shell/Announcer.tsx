import { useEffect, useState } from "react";
import { formatCount, formatNoun } from "../parts/format.ts";
import { useApp } from "../state/context.tsx";
import { search } from "../words/en/search.ts";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

const SETTLED_MS = 600;
const PROGRESS_MS = 10_000;

/** Tells people who listen how many hits there are, once typing has settled, and how far long work is. */
export function Announcer() {
  const { phase, result } = useApp((state) => state.results[state.query.task]);
  const job = useApp((state) => state.jobs.running[0]);
  const words = useWords("shell", shell);
  const { nothingMatches } = useWords("search", search);
  const [said, setSaid] = useState("");

  useEffect(() => {
    if (phase !== "ready" || result === null) return undefined;
    const { length } = result.hits;
    const said = length === 0 ? nothingMatches : words.found(formatNoun(length, "hit"));
    const timer = setTimeout(() => setSaid(said), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [phase, result, words, nothingMatches]);

  const { done = 0, total = null } = job?.progress ?? {};
  const percent = Math.floor((100 * done) / Math.max(1, total ?? 1));
  const label = job?.label;
  const [tick, setTick] = useState(0);
  useEffect(() => {
    if (label === undefined) return undefined;
    const timer = setInterval(() => setTick((count) => count + 1), PROGRESS_MS);
    return () => {
      clearInterval(timer);
      setSaid(words.done(label));
    };
  }, [label, words]);
  useEffect(() => {
    if (label !== undefined)
      setSaid(total === null ? words.going(label) : words.percent(label, formatCount(percent)));
    // Only when the clock ticks or another job begins, not at every step of its progress.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [tick, label]);

  return (
    <p className="unseen" role="status" aria-live="polite">
      {said}
    </p>
  );
}
