import { use } from "react";
import type { CheckedSentence } from "../../contract/index.ts";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";
import { SourcesContext } from "./sources-context.tsx";
import { useOpenSource } from "./use-open-source.ts";

/** The number of a source in an answer: opens it at its passage. */
export function CitationMark({ number }: { readonly number: number }) {
  const words = useWords("answers", english);
  const { sources } = use(SourcesContext);
  const open = useOpenSource();
  const source = sources[number - 1];
  if (source === undefined)
    return (
      <span className="citation" data-unknown title={words.unknownSource(String(number))}>
        {number}?<span className="unseen">{words.unknownSource(String(number))}</span>
      </span>
    );
  const label = words.source(String(number), source.title || source.sourceName);
  return (
    <button type="button" className="citation" aria-label={label} title={label} onClick={() => open(source)}>
      {number}
    </button>
  );
}

/** Stands behind a sentence that no source says closely. */
export function FarMark({ sentence }: { readonly sentence: CheckedSentence }) {
  const words = useWords("answers", english);
  const said = sentence.sources.length > 0 ? words.far : words.farUncited;
  return (
    <span className="far-mark" title={said}>
      <span aria-hidden="true">≠</span>
      <span className="unseen">({said})</span>
    </span>
  );
}
