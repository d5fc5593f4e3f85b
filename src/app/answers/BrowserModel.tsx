import { Told } from "../parts/Told.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";

/** Whether the browser's own model is here, and getting it once the person agrees. */
export function BrowserModel() {
  const words = useWords("answers", english);
  const { state, part, failure, isOffered } = useApp((all) => all.answers.browser);
  const { answers } = useActions();
  if (!isOffered) return <p className="warning">{words.noBrowserModel}</p>;
  return (
    <div role="status">
      {state && part === null && <p className="quiet">{words.browserStates[state]}</p>}
      {part !== null && (
        <p>
          <progress value={part} aria-label={words.download} />{" "}
          {words.downloaded(String(Math.round(part * 100)))}
        </p>
      )}
      {state === "downloadable" && part === null && (
        <button type="button" className="button" onClick={() => void answers.fetchBrowserModel()}>
          {words.download}
        </button>
      )}
      {failure && (
        <p className="warning">
          <Told {...failure} /> <code>{failure.code}</code>
        </p>
      )}
    </div>
  );
}
