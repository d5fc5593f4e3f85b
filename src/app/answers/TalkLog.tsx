import { formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { isTalking, type TalkTurn } from "../state/talk.ts";
import { talk as english } from "../words/en/talk.ts";
import { useWords } from "../words/words.ts";
import { useOpenSource } from "./use-open-source.ts";

/** The conversation so far, each reply with the earlier exchanges that came back to mind for it. */
export function TalkLog() {
  const words = useWords("talk", english);
  const talking = useApp(isTalking);
  const turns = useApp((state) => state.talk.turns);
  const { talk } = useActions();
  if (!talking)
    return (
      <p className="quiet">
        {words.goOnAbout}{" "}
        <button type="button" className="link" onClick={talk.goOn}>
          {words.goOn}
        </button>{" "}
        <button type="button" className="link" onClick={() => void talk.begin()}>
          {words.begin}
        </button>
      </p>
    );
  return (
    <section className="talk" aria-label={words.said}>
      <p className="quiet">
        {words.talking}{" "}
        <button type="button" className="link" onClick={talk.end}>
          {words.end}
        </button>
      </p>
      <ol>
        {turns.map((turn, place) => (
          <li key={place}>
            <Turn turn={turn} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Turn({ turn: { utterance, reply, recalled } }: { readonly turn: TalkTurn }) {
  const words = useWords("talk", english);
  const open = useOpenSource();
  return (
    <>
      <p>
        <strong>{words.you}</strong> {utterance}
      </p>
      <p className="plain">
        <strong>{words.model}</strong> {reply}
      </p>
      {recalled.length > 0 && (
        <details>
          <summary>{words.recalled(formatNoun(recalled.length, "exchange"))}</summary>
          <ul>
            {recalled.map((source) => (
              <li key={source.passageId}>
                <button type="button" className="link answer-excerpt" onClick={() => open(source)}>
                  {source.text}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
