/** One thing that guards the project. `report` is the JSON that its runner writes, where it counts tests. */
export interface Step {
  readonly name: string;
  /** A program of `node_modules/.bin` and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** What it prints is shown also when it passes. */
  readonly tells?: boolean;
  readonly report?: { readonly of: "vitest" | "playwright"; readonly path: string };
}

const REPORTS = "node_modules/.cache/verify";

function vitest(project: string): Pick<Step, "command" | "report"> {
  const path = `${REPORTS}/${project}.json`;
  return {
    command: [
      "vitest",
      "run",
      "--project",
      project,
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${path}`,
    ],
    report: { of: "vitest", path },
  };
}

/** Steps of one round run beside each other; quick rounds come first, so that a slip shows early. */
export const ROUNDS: readonly (readonly Step[])[] = [
  [
    { name: "format", command: ["prettier", "--check", "--log-level=warn", "."] },
    { name: "types", command: ["tsc", "-b"] },
  ],
  [
    { name: "lint", command: ["oxlint"] },
    { name: "layers", command: ["tsx", "tools/layers/main.ts"] },
    { name: "audit", command: ["tsx", "tools/audit/main.ts"], tells: true },
    { name: "chromium", command: ["tsx", "tools/chromium/main.ts"] },
  ],
  [
    { name: "unit tests", ...vitest("node") },
    { name: "browser tests", ...vitest("browser") },
  ],
  [
    { name: "build", command: ["vite", "build", "--logLevel=warn"] },
    { name: "kill and soak", command: ["tsx", "tools/torture/short.ts"] },
  ],
  [
    { name: "budget", command: ["tsx", "tools/budget/main.ts"] },
    {
      name: "journeys",
      command: ["playwright", "test", "--reporter=dot,json"],
      report: { of: "playwright", path: `${REPORTS}/journeys.json` },
    },
  ],
  [{ name: "faults", command: ["tsx", "tools/drills/check-run.ts"], tells: true }],
];
