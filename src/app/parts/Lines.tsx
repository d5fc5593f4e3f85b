interface LinesProps {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly onChange: (value: string) => void;
}

/** A text of some lines under its label. */
export function Lines({ label, value, rows, onChange }: LinesProps) {
  return (
    <label className="stacked">
      {label}
      <textarea
        className="field"
        dir="auto"
        rows={rows}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}
