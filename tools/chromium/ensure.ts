import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { faultOf, findChromium } from "./find.ts";
import { ASK_FOR_CHROMIUM, planChromium, type Way } from "./plan.ts";

function install(way: Way): boolean {
  console.log(`No Chromium here: installing ${way.name} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return way.commands.every(
    ([command, ...args]) =>
      spawnSync(command, args, { env, stdio: ["ignore", "inherit", "inherit"] }).status === 0,
  );
}

/**
 * Path of a full Chromium, installed first where this machine lets us.
 *
 * Throws: an Error of one sentence that says what to install.
 */
export function ensureChromium(): string {
  const found = findChromium();
  const plan = planChromium({
    found,
    fault: found === null ? null : faultOf(found),
    isRoot: process.getuid?.() === 0,
    hasAptGet: existsSync("/usr/bin/apt-get"),
  });
  if (plan.do === "use") return plan.path;
  if (plan.do === "refuse") throw new Error(plan.message);
  for (const way of plan.ways) {
    const path = install(way) ? findChromium() : null;
    if (path !== null) return path;
  }
  throw new Error(ASK_FOR_CHROMIUM);
}
