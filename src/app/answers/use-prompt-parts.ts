import { useMemo } from "react";
import type { TaskId } from "../../contract/index.ts";
import { partsOf, type PromptParts } from "../state/answer-parts.ts";
import { useApp } from "../state/context.tsx";

/** What would be sent under a task now. */
export function usePromptParts(task: TaskId): PromptParts | null {
  const edited = useApp((state) => state.answers.edited);
  const prompt = useApp((state) => state.prompt);
  const results = useApp((state) => state.results);
  const talk = useApp((state) => state.talk);
  const corpus = useApp((state) => state.corpus);
  return useMemo(
    () => partsOf({ answers: { edited }, prompt, results, talk, corpus }, task),
    [edited, prompt, results, talk, corpus, task],
  );
}
