import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";

interface TurnsProps {
  readonly turns: readonly string[];
  /** So many of the oldest did not fit and were left out of what is embedded. */
  readonly cut: number;
  readonly onChange: (turns: readonly string[]) => void;
}

/** Earlier turns, question and answer by turns, oldest first; each can be edited or taken out with its partner. */
export function Turns({ turns, cut, onChange }: TurnsProps) {
  const { leftOut } = useWords("benches", benches).convsearch;
  const speaker = (place: number) => (place % 2 === 0 ? "Question" : "Answer");
  return (
    <section className="turns" aria-label="Conversation so far">
      {turns.length > 0 && (
        <ol>
          {turns.map((turn, place) => (
            <li key={place} data-speaker={speaker(place)} data-cut={place < cut || undefined}>
              <label>
                <span>
                  {speaker(place)}
                  {place < cut && `, ${leftOut}`}
                </span>
                <textarea
                  className="turn"
                  rows={1}
                  value={turn}
                  onChange={(event) => onChange(turns.with(place, event.currentTarget.value))}
                />
              </label>
              {place % 2 === 0 && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Take out turn ${place / 2 + 1}`}
                  title="Take out this question and its answer"
                  onClick={() => onChange(turns.toSpliced(place, 2))}
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
          Add an earlier turn
        </button>
        {turns.length > 0 && (
          <button type="button" className="link" onClick={() => onChange([])}>
            Begin anew
          </button>
        )}
      </p>
    </section>
  );
}
