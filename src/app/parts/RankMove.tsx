import { hits } from "../words/en/hits.ts";
import { useWords } from "../words/words.ts";

/** Another ranking of the same question, and what it is called in a sentence: "than …". */
export interface Former {
  readonly name: string;
  /** From 1. */
  readonly rankById: ReadonlyMap<number, number>;
}

interface RankMoveProps {
  readonly id: number;
  /** From 0. */
  readonly place: number;
  readonly former: Former;
}

/** How far a hit stands from its place in another ranking; nothing where it stands the same. */
export function RankMove({ id, place, former: { name, rankById } }: RankMoveProps) {
  const words = useWords("hits", hits);
  const before = rankById.get(id);
  if (before === place + 1) return null;
  const moved = before === undefined ? null : before - (place + 1);
  const said = moved === null ? words.isNew(name) : words.moved(Math.abs(moved), moved > 0, name);
  const sign = moved === null ? words.new : `${moved > 0 ? "▲" : "▼"} ${Math.abs(moved)}`;
  return (
    <span className="rank-move" data-to={moved === null ? "new" : moved > 0 ? "up" : "down"} title={said}>
      <span aria-hidden="true">{sign}</span>
      <span className="unseen">{said}</span>
    </span>
  );
}
