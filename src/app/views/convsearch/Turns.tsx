interface TurnsProps {
  readonly turns: readonly string[];
  readonly onChange: (turns: readonly string[]) => void;
}

/** Earlier turns, question and answer by turns, oldest first; each can be edited or taken out with its partner. */
export function Turns({ turns, onChange }: TurnsProps) {
  const speaker = (place: number) => (place % 2 === 0 ? "Question" : "Answer");
  return (
    <section className="turns" aria-label="Conversation so far">
      {turns.length > 0 && (
        <ol>
          {turns.map((turn, place) => (
            <li key={place} data-speaker={speaker(place)}>
              <label>
                <span>{speaker(place)}</span>
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
