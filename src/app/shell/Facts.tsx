interface FactsProps {
  readonly heading: string;
  /** Readings by name; null ones are not known here and left out. */
  readonly facts: Readonly<Record<string, string | null>>;
}

/** Measured things and their names. */
export function Facts({ heading, facts }: FactsProps) {
  return (
    <section className="facts">
      <h3>{heading}</h3>
      <dl>
        {Object.entries(facts).map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="sounding">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
