import { afterEach, expect, test, vi } from "vitest";
import { findChromium } from "./find.ts";
import { planChromium, type Machine } from "./plan.ts";

const BARE: Machine = { found: null, exists: false, isRoot: false, hasAptGet: false };
const waysOf = (machine: Machine) => {
  const plan = planChromium(machine);
  return plan.do === "install" ? plan.ways.map((way) => way.name) : plan;
};

afterEach(() => vi.unstubAllEnvs());

test("a browser that is there is used as it is, by root too", () => {
  const machine = { found: "/usr/bin/chromium", exists: true, isRoot: true, hasAptGet: true };
  expect(planChromium(machine)).toEqual({ do: "use", path: "/usr/bin/chromium" });
});

test("a named browser that is missing is said, not replaced", () => {
  const plan = planChromium({ ...BARE, found: "/opt/nowhere", isRoot: true, hasAptGet: true });
  expect(plan).toMatchObject({ do: "refuse", message: expect.stringContaining("/opt/nowhere") });
});

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
