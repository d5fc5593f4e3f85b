import { createContext } from "react";
import type { AnswerSource, CheckedSentence } from "../../contract/index.ts";

/** The sources that an answer's numbers stand for, and what of them its sentences come closest to. */
export const SourcesContext = createContext<{
  readonly sources: readonly AnswerSource[];
  readonly sentences: readonly CheckedSentence[];
}>({ sources: [], sentences: [] });
