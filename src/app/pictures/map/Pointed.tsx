import type { Point, Size } from "../../../chart/index.ts";
import type { StoredVectors } from "../../../contract/index.ts";
import { usePassageAt } from "./use-passage-at.ts";

interface PointedProps {
  readonly stored: StoredVectors;
  readonly row: number;
  readonly at: Point;
  readonly size: Size;
}

/** What the point that is pointed at says, beside it. */
export function Pointed({ stored, row, at, size }: PointedProps) {
  const passage = usePassageAt(stored, row);
  if (!passage) return null;
  const isRight = at.x > size.width / 2;
  return (
    <p
      className="map-pointed"
      style={{
        insetBlockStart: Math.max(0, Math.min(at.y + 12, size.height - 96)),
        ...(isRight ? { right: size.width - at.x + 12 } : { left: at.x + 12 }),
      }}
    >
      {passage.title !== "" && <strong dir="auto">{passage.title}</strong>}
      <span dir="auto">{passage.text}</span>
    </p>
  );
}
