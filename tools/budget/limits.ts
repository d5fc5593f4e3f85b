/** Upper limits in bytes. Raise one only with a reason that a person who waits would accept. */
export const LIMITS = {
  /** Gzipped script and style that index.html asks for before anything shows: about a second on slow 4G. */
  firstScreen: 180_000,
  /** Gzipped script of the engine and storage workers before the runtime and the model: starts while the page draws. */
  workers: 300_000,
  /** Everything kept for use offline, as stored: the runtime (17 MB) and the bundled model (at most 10 MB) are most of it. */
  offline: 40_000_000,
} as const satisfies Record<string, number>;
