/** What the choice depends on. */
export interface Machine {
  /** What `findChromium` says, and what is wrong with it, as a piece of a sentence. */
  readonly found: string | null;
  readonly fault: string | null;
  readonly isRoot: boolean;
  readonly hasAptGet: boolean;
}

/** Commands to run in order until one way succeeds; each way is a list of commands that must all succeed. */
export interface Way {
  readonly name: string;
  readonly commands: readonly (readonly [string, ...string[]])[];
}

export type Plan =
  | { readonly do: "use"; readonly path: string }
  | { readonly do: "install"; readonly ways: readonly Way[] }
  | { readonly do: "refuse"; readonly message: string };

export const ASK_FOR_CHROMIUM =
  "The browser tests need a full Chromium or Chrome: install one (on Debian, `apt-get install chromium`) or set CHROMIUM to its path.";

const APT: Way = {
  name: "Debian's chromium",
  commands: [
    ["apt-get", "update", "-q"],
    ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"],
  ],
};

const PLAYWRIGHT: Way = {
  name: "Playwright's Chromium",
  commands: [[process.execPath, "node_modules/@playwright/test/cli.js", "install", "--no-shell", "chromium"]],
};

/** How this machine gets its browser. */
export function planChromium(machine: Machine): Plan {
  const { found, fault, isRoot, hasAptGet } = machine;
  if (found !== null && fault === null) return { do: "use", path: found };
  if (found !== null)
    return {
      do: "refuse",
      message: `CHROMIUM names ${found}, which ${fault}: set it to a Chromium or unset it.`,
    };
  return { do: "install", ways: isRoot && hasAptGet ? [APT, PLAYWRIGHT] : [PLAYWRIGHT] };
}
