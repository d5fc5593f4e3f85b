import { useActions } from "../state/context.tsx";
import { talk as english } from "../words/en/talk.ts";
import { useWords } from "../words/words.ts";

/** The way into a conversation with a language model that remembers itself. */
export function BeginTalk() {
  const words = useWords("talk", english);
  const { talk, answers } = useActions();
  const begin = (): void => {
    answers.show("answer");
    void talk.begin();
  };
  return (
    <p className="quiet">
      <button type="button" className="button" onClick={begin}>
        {words.begin}
      </button>{" "}
      {words.beginAbout}
    </p>
  );
}
