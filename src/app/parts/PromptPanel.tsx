import { KIND_OF_TASK, type Prompt, type TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { selectPrompt, selectResults } from "../state/select.ts";
import { NOUN_OF_KIND } from "../views/about.ts";
import { CopyButton } from "./CopyButton.tsx";
import { formatCount, formatNoun } from "./format.ts";

/** Water: the prompt that the passages make, how much of its budget it takes, ready to be copied. */
export function PromptPanel({ task }: { readonly task: TaskId }) {
  const prompt = useApp((state) => selectPrompt(state, task));
  return (
    <aside tabIndex={-1} className="panel water" aria-label="Prompt">
      <header className="panel-head">
        <h2>Prompt</h2>
        {prompt && <p className="sounding">{formatCount(prompt.lengthTokens)} tokens</p>}
      </header>
      {prompt ? (
        <PromptText task={task} prompt={prompt} />
      ) : (
        <p className="quiet">
          Once something is found, the prompt for a language model is put together here.
        </p>
      )}
    </aside>
  );
}

function PromptText({ task, prompt }: { readonly task: TaskId; readonly prompt: Prompt }) {
  const hits = useApp((state) => selectResults(state, task).result?.hits.length ?? 0);
  const { prompt: actions } = useActions();
  const { text, lengthTokens, budgetTokens, tokenizer, usedIds, droppedIds } = prompt;
  const noun = NOUN_OF_KIND[KIND_OF_TASK[task]];
  const count = usedIds.length + droppedIds.length;
  const share = Math.min(1, lengthTokens / Math.max(1, budgetTokens));
  return (
    <>
      <div className="stepper" role="group" aria-label="Passages in the prompt">
        <button
          type="button"
          className="icon-button"
          aria-label="One fewer"
          disabled={count <= 1}
          onClick={() => actions.setCount(task, count - 1)}
        >
          −
        </button>
        <output>{formatNoun(count, noun)}</output>
        <button
          type="button"
          className="icon-button"
          aria-label="One more"
          disabled={count >= hits}
          onClick={() => actions.setCount(task, count + 1)}
        >
          +
        </button>
      </div>
      <svg className="budget" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="budget-all" width="100" height="4" />
        <rect className="budget-used" width={share * 100} height="4" />
      </svg>
      <p className="quiet">
        {formatCount(lengthTokens)} of {formatCount(budgetTokens)} tokens, counted by {tokenizer}
      </p>
      {droppedIds.length > 0 && (
        <p className="warning">
          {formatNoun(droppedIds.length, noun)} did not fit into the budget and{" "}
          {droppedIds.length === 1 ? "was" : "were"} left out.
        </p>
      )}
      <CopyButton label="Copy the prompt" text={text} />
      <pre className="prompt-text" tabIndex={0} aria-label="Text of the prompt">
        {text}
      </pre>
    </>
  );
}
