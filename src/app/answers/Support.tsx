import { use } from "react";
import type { AnswerCheck, CheckedSentence } from "../../contract/index.ts";
import { formatCosine, formatCount, formatNoun } from "../parts/format.ts";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";
import { SourcesContext } from "./sources-context.tsx";
import { useOpenSource } from "./use-open-source.ts";

/** How far an answer's sentences are from what they cite, in one line, and sentence by sentence on demand. */
export function Support({ check }: { readonly check: AnswerCheck }) {
  const words = useWords("answers", english);
  const compared = check.sentences.filter(({ isClose }) => isClose !== null);
  const far = compared.filter(({ isClose }) => isClose === false);
  if (check.cutoff === null || compared.length === 0) return <p className="quiet">{words.notCompared}</p>;
  const { cosine, chance, pairs } = check.cutoff;
  const all = formatNoun(compared.length, "sentence");
  return (
    <div className="support">
      <p className={far.length > 0 ? "warning" : "quiet"}>
        {far.length > 0 ? words.someFar(formatCount(far.length), all) : words.allClose(all)}
      </p>
      <details>
        <summary>{words.howClose}</summary>
        <p className="quiet">
          {words.explained(formatCosine(cosine), formatCount(Math.round(chance * 100)), formatCount(pairs))}
        </p>
        <ol className="support-list">
          {check.sentences.map((sentence) => (
            <SentenceRow key={sentence.start} sentence={sentence} />
          ))}
        </ol>
      </details>
    </div>
  );
}

function SentenceRow({ sentence }: { readonly sentence: CheckedSentence }) {
  const words = useWords("answers", english);
  const { sources } = use(SourcesContext);
  const open = useOpenSource();
  const { text, closest, isClose } = sentence;
  const source = closest && sources[closest.source - 1];
  return (
    <li data-far={isClose === false || undefined}>
      <span className={isClose === false ? "far" : undefined}>{text}</span>{" "}
      {isClose === false && (
        <span className="quiet">({sentence.sources.length > 0 ? words.far : words.farUncited}) </span>
      )}
      {closest && source ? (
        <button type="button" className="link sounding" onClick={() => open(source, closest)}>
          {words.closest(formatCosine(closest.cosine), String(closest.source))}
        </button>
      ) : (
        <span className="quiet">{words.tooShort}</span>
      )}
    </li>
  );
}
