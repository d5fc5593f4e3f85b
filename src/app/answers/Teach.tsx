import { useEffect, useRef, useState } from "react";
import { toSextantError, type AnswerRecord, type RewardResult } from "../../contract/index.ts";
import { formatCount, formatNoun } from "../parts/format.ts";
import { Lines } from "../parts/Lines.tsx";
import { Told } from "../parts/Told.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { rewardAsk } from "../state/reward-ask.ts";
import { teach as english } from "../words/en/teach.ts";
import { useWords } from "../words/words.ts";
import { withoutMarks } from "./without-marks.ts";

/** Lets the model that answered say which sources helped it to the right answer, from which the collection learns. */
export function Teach({ record }: { readonly record: AnswerRecord }) {
  const words = useWords("teach", english);
  const ask = useApp((state) => rewardAsk(state, record));
  const [wanted, setWanted] = useState(() => withoutMarks(record.text));
  const [part, setPart] = useState<number | null>(null);
  const [result, setResult] = useState<RewardResult | null>(null);
  const [failure, setFailure] = useState<{ readonly code: string; readonly message: string } | null>(null);
  const stop = useRef<AbortController>(undefined);
  const { adaptation } = useActions();
  useEffect(() => () => stop.current?.abort(), []);
  if (ask === null) return null;

  async function run(): Promise<void> {
    const own = new AbortController();
    stop.current = own;
    setFailure(null);
    setPart(0);
    try {
      setResult(await adaptation.reward(record, wanted, { signal: own.signal, onPart: setPart }));
    } catch (error) {
      const { code, message } = toSextantError(error);
      if (!own.signal.aborted) setFailure({ code, message });
    }
    setPart(null);
  }

  return (
    <details className="teach">
      <summary>{words.heading}</summary>
      <div className="teach-body">
        <p className="quiet">{words.about(ask, formatNoun(record.sources.length, "source"))}</p>
        <Lines label={words.wanted} rows={3} value={wanted} onChange={setWanted} />
        {part === null ? (
          <button type="button" className="button" disabled={wanted.trim() === ""} onClick={() => void run()}>
            {words.ask}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => stop.current?.abort()}>
            {words.stop}
          </button>
        )}
        <div role="status">
          {part !== null && <p className="quiet">{words.asking(formatCount(Math.round(100 * part)))}</p>}
          {failure && (
            <p className="warning">
              <Told {...failure} /> <code>{failure.code}</code>
            </p>
          )}
          {result && part === null && <Rewards record={record} result={result} />}
        </div>
      </div>
    </details>
  );
}

/** The sources from the one that helped most down. */
function Rewards({ record, result }: { readonly record: AnswerRecord; readonly result: RewardResult }) {
  const words = useWords("teach", english);
  const sources = new Map(
    record.sources.map((source, i) => [source.passageId, { ...source, number: i + 1 }]),
  );
  return (
    <>
      <p className="quiet">{words.ways[result.way]}</p>
      <ol className="rewards">
        {result.rewards
          .toSorted((a, b) => b.reward - a.reward)
          .map(({ passageId, reward }) => {
            const source = sources.get(passageId);
            return (
              <li key={passageId}>
                [{source?.number}] {source?.title || source?.sourceName} <span>{reward.toFixed(2)}</span>
              </li>
            );
          })}
      </ol>
    </>
  );
}
