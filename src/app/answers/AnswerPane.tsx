import type { TaskId } from "../../contract/index.ts";
import { CopyButton } from "../parts/CopyButton.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";
import { promptToJson, promptToMarkdown, promptToText } from "./forms.ts";
import { Room } from "./Room.tsx";
import { GeneratorChoice } from "./GeneratorChoice.tsx";
import { Kept } from "./Kept.tsx";
import { PromptEditor } from "./PromptEditor.tsx";
import { RunView } from "./RunView.tsx";
import { TalkLog } from "./TalkLog.tsx";
import { usePromptParts } from "./use-prompt-parts.ts";
import "../style/answers.css";

/** From the prompt to an answer: who answers, what is sent, what came of it. */
export function AnswerPane({ task }: { readonly task: TaskId }) {
  const parts = usePromptParts(task);
  const isEdited = useApp((state) => state.answers.edited[task] !== undefined);
  const generator = useApp((state) => state.answers.generator);
  const run = useApp((state) => state.answers.runs[task]);
  const { answers } = useActions();
  return (
    <>
      <GeneratorChoice />
      {task === "chat" && <TalkLog />}
      {parts && (
        <PromptEditor
          parts={parts}
          isEdited={isEdited}
          onEdit={(messages) => answers.edit(task, messages)}
          onFollow={() => answers.followHits(task)}
        />
      )}
      {generator === "browser" && parts && <Room task={task} parts={parts} />}
      <Ask task={task} />
      {run && <RunView task={task} run={run} />}
      <Kept />
    </>
  );
}

/** The one button that the choice leaves: ask, stop, or the forms in which the prompt is copied. */
function Ask({ task }: { readonly task: TaskId }) {
  const words = useWords("answers", english);
  const parts = usePromptParts(task);
  const generator = useApp((state) => state.answers.generator);
  const isReady = useApp(({ answers: { server, browser, device } }) => {
    if (generator === "server") return server.models !== null && server.model !== "";
    return generator === "browser" ? browser.state === "ready" : device.chosen !== null;
  });
  const phase = useApp((state) => state.answers.runs[task]?.phase);
  const asked = useApp((state) => state.answers.runs[task]?.record.query);
  const { answers } = useActions();
  if (generator === null || !parts) return null;
  if (generator === "copy")
    return (
      <div className="answer-ways">
        <CopyButton label={words.copyText} text={promptToText(parts)} />
        <CopyButton label={words.copyJson} text={promptToJson(parts)} />
        <CopyButton label={words.copyMarkdown} text={promptToMarkdown(parts)} />
      </div>
    );
  if (phase === "answering")
    return (
      <button type="button" className="button" onClick={() => answers.stop(task)}>
        {words.stop}
      </button>
    );
  if (generator !== "server" && parts.functions.length > 0)
    return <p className="warning">{words.noFunctions}</p>;
  return (
    <button
      type="button"
      className="button strong"
      disabled={!isReady}
      onClick={() => void answers.ask(task)}
    >
      {JSON.stringify(asked) === JSON.stringify(parts.query) ? words.again : words.ask}
    </button>
  );
}
