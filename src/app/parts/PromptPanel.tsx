import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { lazy, Suspense } from "react";
import { KIND_OF_TASK, type Prompt, type PromptPreset, type TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { DEFAULT_PRESET } from "../state/prompt.ts";
import { selectPrompt, selectResults } from "../state/select.ts";
import { NOUN_OF_KIND } from "../views/about.ts";
import { prompt as english } from "../words/en/prompt.ts";
import { useWords } from "../words/words.ts";
import { CopyButton } from "./CopyButton.tsx";
import { formatCount, formatNoun } from "./format.ts";

const AnswerPane = lazy(async () => ({
  default: (await import("../answers/AnswerPane.tsx")).AnswerPane,
}));

const PANES = ["prompt", "answer"] as const;
const PRESETS = ["practical", "paper"] as const satisfies readonly PromptPreset[];

/** Water: the prompt that the passages make, or the answer that a language model gives to it. */
export function PromptPanel({ task }: { readonly task: TaskId }) {
  const words = useWords("prompt", english);
  const prompt = useApp((state) => selectPrompt(state, task));
  const pane = useApp((state) => state.answers.pane);
  const { answers } = useActions();
  const titles = { prompt: words.title, answer: words.answer };
  return (
    <aside tabIndex={-1} className="panel water" aria-label={titles[pane]}>
      <header className="panel-head pane-head">
        <h2 className="unseen">{titles[pane]}</h2>
        <ToggleGroup
          className="switch"
          aria-label={words.show}
          value={[pane]}
          onValueChange={([next]) => next !== undefined && answers.show(next)}
        >
          {PANES.map((one) => (
            <Toggle key={one} value={one}>
              {titles[one]}
            </Toggle>
          ))}
        </ToggleGroup>
        {prompt && <p className="sounding">{words.tokens(formatCount(prompt.lengthTokens))}</p>}
      </header>
      {pane === "answer" ? (
        <Suspense fallback={<p className="quiet">{words.opening}</p>}>
          <AnswerPane task={task} />
        </Suspense>
      ) : prompt ? (
        <PromptText task={task} prompt={prompt} />
      ) : (
        <p className="quiet">{words.notYet}</p>
      )}
    </aside>
  );
}

function PromptText({ task, prompt }: { readonly task: TaskId; readonly prompt: Prompt }) {
  const words = useWords("prompt", english);
  const hits = useApp((state) => selectResults(state, task).result?.hits.length ?? 0);
  const preset = useApp((state) => state.prompt.presets[task] ?? DEFAULT_PRESET);
  const { prompt: actions } = useActions();
  const { text, lengthTokens, budgetTokens, tokenizer, usedIds, droppedIds, exampleIds } = prompt;
  const noun = NOUN_OF_KIND[KIND_OF_TASK[task]];
  const count = usedIds.length + droppedIds.length;
  const share = Math.min(1, lengthTokens / Math.max(1, budgetTokens));
  return (
    <>
      <ToggleGroup
        className="switch"
        aria-label={words.form}
        value={[preset]}
        onValueChange={([next]) => next !== undefined && actions.setPreset(task, next)}
      >
        {PRESETS.map((one) => (
          <Toggle key={one} value={one}>
            {words.presets[one]}
          </Toggle>
        ))}
      </ToggleGroup>
      <div className="stepper" role="group" aria-label={words.passages}>
        <button
          type="button"
          className="icon-button"
          aria-label={words.fewer}
          disabled={count <= 1}
          onClick={() => actions.setCount(task, count - 1)}
        >
          −
        </button>
        <output>{formatNoun(count, noun)}</output>
        <button
          type="button"
          className="icon-button"
          aria-label={words.more}
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
      <p className="quiet">{words.budget(formatCount(lengthTokens), formatCount(budgetTokens), tokenizer)}</p>
      {droppedIds.length > 0 && (
        <p className="warning">{words.dropped(formatNoun(droppedIds.length, noun))}</p>
      )}
      {preset === "practical" && task !== "icl" && task !== "lrlm" && <ExamplesFrom />}
      {exampleIds.length > 0 && (
        <p className="quiet">{words.examples(formatNoun(exampleIds.length, "example"))}</p>
      )}
      <CopyButton label={words.copy} text={text} />
      <pre className="prompt-text" tabIndex={0} aria-label={words.text}>
        {text}
      </pre>
    </>
  );
}

/** Which collection of solved examples shows the model how to answer; nothing where there is none. */
function ExamplesFrom() {
  const words = useWords("prompt", english);
  const collections = useApp((state) => state.corpus.collections);
  const from = useApp((state) => state.prompt.examplesFrom);
  const { prompt } = useActions();
  const offered = collections.filter(({ kind, passages }) => kind === "example" && passages > 0);
  if (offered.length === 0) return null;
  return (
    <label className="stacked">
      {words.examplesFrom}
      <select
        className="field"
        value={from ?? ""}
        onChange={({ currentTarget: { value } }) =>
          prompt.takeExamplesFrom(value === "" ? null : Number(value))
        }
      >
        <option value="">{words.noExamples}</option>
        {offered.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
