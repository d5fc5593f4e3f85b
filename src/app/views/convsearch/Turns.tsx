import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";
import { views } from "../../words/en/views.ts";

interface TurnsProps {
  readonly turns: readonly string[];
  /** So many of the oldest did not fit and were left out of what is embedded. */
  readonly cut: number;
  readonly onChange: (turns: readonly string[]) => void;
  /** Is given those that stay. */
  readonly onDrop: (turns: readonly string[]) => void;
}

/** Earlier turns, question and answer by turns, oldest first; each can be edited or taken out with its partner. */
export function Turns({ turns, cut, onChange, onDrop }: TurnsProps) {
  const { leftOut } = useWords("benches", benches).convsearch;
  const words = useWords("views", views).convsearch;
  const speaker = (place: number) => (place % 2 === 0 ? words.question : words.answer);
  return (
    <section className="turns" aria-label={words.soFar}>
      {turns.length > 0 && (
        <ol>
          {turns.map((turn, place) => (
            <li
              key={place}
              data-speaker={place % 2 === 0 ? "Question" : "Answer"}
              data-cut={place < cut || undefined}
            >
              <label>
                <span>
                  {speaker(place)}
                  {place < cut && `, ${leftOut}`}
                </span>
                <textarea
                  className="turn"
                  rows={1}
                  dir="auto"
                  value={turn}
                  onChange={(event) => onChange(turns.with(place, event.currentTarget.value))}
                />
              </label>
              {place % 2 === 0 && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={words.takeOut(String(place / 2 + 1))}
                  title={words.takeOutBoth}
                  onClick={() => onDrop(turns.toSpliced(place, 2))}
                >
                  ×
                </button>
              )}
            </li>
          ))}
        </ol>
      )}
      <p className="turns-foot">
        <button type="button" className="link" onClick={() => onChange([...turns, "", ""])}>
          {words.addTurn}
        </button>
        {turns.length > 0 && (
          <button type="button" className="link" onClick={() => onDrop([])}>
            {words.beginAnew}
          </button>
        )}
      </p>
    </section>
  );
}
