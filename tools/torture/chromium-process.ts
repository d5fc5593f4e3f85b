import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromium, type Browser, type BrowserContext } from "@playwright/test";
import { CHROMIUM_ARGS, findChromium } from "../chromium/find.ts";

export interface BrowserProcess {
  readonly pid: number;
  /** As Chromium names it: `renderer` is a tab's. */
  readonly type: string;
  /** On all cores, since it began. */
  readonly processorMs: number;
}

/** A Chromium of its own, over a profile on the disk, that can be killed as the system kills one. */
export interface ChromiumProcess {
  readonly context: BrowserContext;
  readonly browser: Browser;
  /** Of the browser process; its children are in the same group. */
  readonly pid: number;
  processes(): Promise<BrowserProcess[]>;
  /** SIGKILL to every process of it at once: nothing is written any more. */
  kill(): Promise<void>;
}

const FLAGS = ["--headless=new", "--remote-debugging-port=0", "--no-first-run", "--disable-component-update"];

/** Starts Chromium; the profile may be one that was killed before. */
export async function startChromium(
  profile: string,
  flags: readonly string[] = [],
): Promise<ChromiumProcess> {
  const program = findChromium() ?? chromium.executablePath();
  const args = [...CHROMIUM_ARGS, ...FLAGS, ...flags, `--user-data-dir=${profile}`, "about:blank"];
  // A group of its own, so that one signal reaches all of its processes and no others.
  const child = spawn(program, args, { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  const kill = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, "SIGKILL");
      await exited;
    }
  };
  try {
    const browser = await chromium.connectOverCDP(await endpointOf(child));
    const [context = await browser.newContext()] = browser.contexts();
    const session = await browser.newBrowserCDPSession();
    const processes = async (): Promise<BrowserProcess[]> => {
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      return processInfo.map(({ id, type, cpuTime }) => ({ pid: id, type, processorMs: cpuTime * 1000 }));
    };
    return { browser, context, pid: child.pid ?? -1, processes, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

async function endpointOf(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error("Chromium has no stderr to read its address from.");
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (found !== undefined) {
      child.stderr.resume();
      return found;
    }
    said.push(line);
  }
  throw new Error(`Chromium did not start:\n${said.slice(-20).join("\n")}`);
}
