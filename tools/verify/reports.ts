/** A test as its runner reported it. */
export interface RunTest {
  readonly file: string;
  readonly title: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** It passed on a second try only. */
  readonly unsteady?: true;
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly { readonly status: "expected" | "unexpected" | "flaky" | "skipped" }[];
  }[];
}

/** Every test of a runner's JSON report; one of Playwright's is named from the repository's root on. */
export function readRunTests(of: "vitest" | "playwright", report: unknown): RunTest[] {
  return of === "vitest" ? ofVitest(report as VitestReport) : ofPlaywright(report as PlaywrightSuite);
}

function ofVitest({ testResults }: VitestReport): RunTest[] {
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ title, status }): RunTest => {
      const isPassOrFail = status === "passed" || status === "failed";
      return { file, title, outcome: isPassOrFail ? status : "skipped" };
    }),
  );
}

function ofPlaywright({ suites = [], specs = [] }: PlaywrightSuite): RunTest[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ status }): RunTest => {
      const own = { file: `e2e/${file}`, title };
      if (status === "skipped") return { ...own, outcome: "skipped" };
      if (status === "flaky") return { ...own, outcome: "passed", unsteady: true };
      return { ...own, outcome: status === "expected" ? "passed" : "failed" };
    }),
  );
  return [...own, ...suites.flatMap(ofPlaywright)];
}
