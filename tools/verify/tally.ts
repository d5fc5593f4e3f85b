export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

const count = (report: unknown, key: string): number => {
  const value: unknown = typeof report === "object" && report !== null ? Reflect.get(report, key) : undefined;
  if (typeof value !== "number") throw new TypeError(`The runner's report has no number "${key}".`);
  return value;
};

/** Reads vitest's JSON report. A file that failed to load counts as one failed test: its tests were not counted. */
export function tallyVitest(report: unknown): Tally {
  const failed = count(report, "numFailedTests");
  return {
    passed: count(report, "numPassedTests"),
    failed: failed === 0 && count(report, "numFailedTestSuites") > 0 ? 1 : failed,
    skipped: count(report, "numPendingTests") + count(report, "numTodoTests"),
  };
}

/** Reads Playwright's JSON report. A test that passed only on a second try has passed; the run names it. */
export function tallyPlaywright(report: unknown): Tally {
  const stats: unknown =
    typeof report === "object" && report !== null ? Reflect.get(report, "stats") : undefined;
  return {
    passed: count(stats, "expected") + count(stats, "flaky"),
    failed: count(stats, "unexpected"),
    skipped: count(stats, "skipped"),
  };
}

export function addTallies(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The closing line, for people and for CI. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
