import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { faultOf, findChromium, firstThatStarts } from "./find.ts";
import { planChromium, type Machine } from "./plan.ts";

const BARE: Machine = { found: null, fault: null, isRoot: false, hasAptGet: false };
const waysOf = (machine: Machine) => {
  const plan = planChromium(machine);
  return plan.do === "install" ? plan.ways.map((way) => way.name) : plan;
};

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("a browser that is there is used as it is, by root too", () => {
  const machine = { found: "/usr/bin/chromium", fault: null, isRoot: true, hasAptGet: true };
  expect(planChromium(machine)).toEqual({ do: "use", path: "/usr/bin/chromium" });
});

test("a named browser that is missing or does not start is said, not replaced", () => {
  const machine = { ...BARE, found: "/opt/nowhere", fault: "is not there", isRoot: true, hasAptGet: true };
  expect(planChromium(machine)).toEqual({
    do: "refuse",
    message: "CHROMIUM names /opt/nowhere, which is not there: set it to a Chromium or unset it.",
  });
});

test.skipIf(process.platform === "win32")(
  "a browser that does not start is said and passed over",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "sextant-chromium-"));
    const write = async (name: string, text: string): Promise<string> => {
      const path = join(folder, name);
      await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
      return path;
    };
    const said: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
    try {
      const stub = await write("stub", "echo 'Install the snap first.' >&2; exit 1");
      const silent = await write("silent", "exit 0");
      const good = await write("good", "echo Chromium 156.0.1");
      expect(firstThatStarts([join(folder, "nowhere"), stub, silent, good])).toBe(good);
      expect(said).toEqual([
        `SKIPPED: the browser ${stub} does not start (Install the snap first.)\n`,
        `SKIPPED: the browser ${silent} does not start (it ended with 0)\n`,
      ]);
      expect(firstThatStarts([stub])).toBe(null);
      expect(faultOf(join(folder, "nowhere"))).toBe("is not there");
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

test("only root with apt-get installs Debian's package; everyone may try Playwright's", () => {
  expect(waysOf({ ...BARE, isRoot: true, hasAptGet: true })).toEqual([
    "Debian's chromium",
    "Playwright's Chromium",
  ]);
  expect(waysOf({ ...BARE, hasAptGet: true })).toEqual(["Playwright's Chromium"]);
  expect(waysOf({ ...BARE, isRoot: true })).toEqual(["Playwright's Chromium"]);
});

test("no way fetches the headless shell, which has no WebGPU", () => {
  const plan = planChromium({ ...BARE, isRoot: true, hasAptGet: true });
  const words = plan.do === "install" ? plan.ways.flatMap((way) => way.commands.flat()) : [];
  expect(words).toContain("--no-shell");
  expect(words.join(" ")).not.toContain("chromium-headless-shell");
});

test("CHROMIUM goes before every other place", () => {
  vi.stubEnv("CHROMIUM", "/opt/mine/chrome");
  expect(findChromium()).toBe("/opt/mine/chrome");
});
