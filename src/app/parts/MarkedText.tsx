import { cutByMarks } from "./marks.ts";

interface MarkedTextProps {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
  readonly start?: number;
  readonly end?: number;
}

/** Text from outside as text nodes, its matched words marked. */
export function MarkedText({ text, marks, start = 0, end = text.length }: MarkedTextProps) {
  return (
    <>
      {start > 0 && <span className="ellipsis">… </span>}
      {cutByMarks(text, marks, start, end).map((stretch, place) =>
        stretch.marked ? <mark key={place}>{stretch.text}</mark> : <span key={place}>{stretch.text}</span>,
      )}
      {end < text.length && <span className="ellipsis"> …</span>}
    </>
  );
}
