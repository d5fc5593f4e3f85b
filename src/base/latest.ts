/** Keeps only the newest of overlapping runs: starting one aborts the one before, whose result is `undefined`. */
export function createLatest(): {
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
  cancel(): void;
} {
  let current: AbortController | undefined;
  return {
    async run(work) {
      current?.abort();
      const mine = new AbortController();
      current = mine;
      try {
        const result = await work(mine.signal);
        return mine.signal.aborted ? undefined : result;
      } catch (error) {
        if (mine.signal.aborted) return undefined;
        throw error;
      }
    },
    cancel() {
      current?.abort();
    },
  };
}
