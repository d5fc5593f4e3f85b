import { readFile } from "node:fs/promises";
import type { Browser } from "@playwright/test";

/** The most memory that a process ever held (resident set). */
export interface PeakBytes {
  /** The page with its workers: JavaScript, WebAssembly, buffers. */
  readonly renderer: number;
  /** The browser's graphics process; with software WebGPU also the weights there. */
  readonly gpu: number;
}

/** Asks the browser for its processes and Linux for their `VmHWM`; null on other systems. */
export async function readPeakBytes(browser: Browser): Promise<PeakBytes | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const peak = async (type: string): Promise<number> => {
    const own = processInfo.filter((process) => process.type === type);
    return Math.max(0, ...(await Promise.all(own.map(({ id }) => peakOf(id)))));
  };
  const found = { renderer: await peak("renderer"), gpu: await peak("GPU") };
  return found.renderer === 0 ? null : found;
}

async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
}
