/** Where a source can be: nowhere, found by searches, or kept for its undoing. */
export type Place = "absent" | "living" | "removed";

/** A source as it was found after a reopening. */
export interface FoundSource {
  readonly name: string;
  readonly place: Exclude<Place, "absent">;
  readonly passages: number;
}

/** What was promised and is not kept. */
export interface Losses {
  readonly lostWrites: number;
  readonly why: readonly string[];
}

interface Entry {
  /** More than one while a change was begun and nobody has heard of its end. */
  readonly allowed: Set<Place>;
  /** Passages that were acknowledged. */
  least: number;
  /** From then on it may be absent though it was only removed. */
  untilMs: number;
}

/**
 * What the one who asks was told so far. A change that was begun and not acknowledged may have happened or not; one that
 * was acknowledged must have.
 */
export interface Ledger {
  /** Changes and passages that were acknowledged. */
  readonly acknowledged: number;
  begin(names: readonly string[], to: Place): void;
  /** `untilMs`: when what was removed is freed by itself. */
  done(names: readonly string[], to: Place, untilMs?: number): void;
  /** So many passages of the source are stored. */
  passages(name: string, count: number): void;
  /** The database was thrown away on purpose. */
  clear(): void;
  /** Names that are known to be in `place`. */
  named(place: Place): string[];
  /** Compares with what is there, and takes that for the truth from now on. */
  settle(found: readonly FoundSource[], nowMs?: number): Losses;
}

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>();
  let acknowledged = 0;

  function entryOf(name: string): Entry {
    const entry = entries.get(name) ?? { allowed: new Set<Place>(["absent"]), least: 0, untilMs: Infinity };
    entries.set(name, entry);
    return entry;
  }

  return {
    get acknowledged() {
      return acknowledged;
    },
    begin(names, to) {
      for (const name of names) entryOf(name).allowed.add(to);
    },
    done(names, to, untilMs = Infinity) {
      for (const name of names) {
        const entry = entryOf(name);
        entry.allowed.clear();
        entry.allowed.add(to);
        entry.untilMs = untilMs;
        acknowledged++;
      }
    },
    passages(name, count) {
      const entry = entryOf(name);
      acknowledged += Math.max(0, count - entry.least);
      entry.least = Math.max(entry.least, count);
    },
    clear: () => entries.clear(),
    named: (place) =>
      [...entries].flatMap(([name, { allowed }]) => (allowed.size === 1 && allowed.has(place) ? name : [])),
    settle(found, nowMs = Date.now()) {
      const why: string[] = [];
      let lostWrites = 0;
      const foundByName = new Map(found.map((source) => [source.name, source]));
      if (foundByName.size !== found.length)
        why.push(`${found.length - foundByName.size} sources are there twice`);
      for (const [name, entry] of entries) {
        const source = foundByName.get(name);
        const place = source?.place ?? "absent";
        const isFreed = place === "absent" && entry.allowed.has("removed") && nowMs >= entry.untilMs;
        if (!entry.allowed.has(place) && !isFreed) {
          lostWrites++;
          why.push(`${name} is ${place} instead of ${[...entry.allowed].join(" or ")}`);
        } else if (source && source.passages < entry.least) {
          lostWrites += entry.least - source.passages;
          why.push(`${name} has ${source.passages} of ${entry.least} passages that were acknowledged`);
        }
        if (source) entries.set(name, { ...entry, allowed: new Set([place]), least: source.passages });
        else entries.delete(name);
      }
      for (const { name } of found) if (!entries.has(name)) why.push(`nobody has added ${name}`);
      return { lostWrites: lostWrites + (foundByName.size === found.length ? 0 : 1), why };
    },
  };
}
