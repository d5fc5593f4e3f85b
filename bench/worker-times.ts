import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Milliseconds on a processor so far, by thread, of all workers of the browsers that this process started. */
export type WorkerTimes = Readonly<Record<string, number>>;

/**
 * Tells a page how long its workers were computing, as `WorkerTimes`: waiting for a processor that others have does
 * not enter. From Linux's /proc; empty on other systems.
 */
export async function serveWorkerTimes(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((_, response) => {
    void readWorkerTimes().then((times) => {
      // The page is isolated, and of another origin.
      response.setHeader("access-control-allow-origin", "*");
      response.setHeader("cross-origin-resource-policy", "cross-origin");
      response.end(JSON.stringify(times));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => void server.close() };
}

async function readWorkerTimes(): Promise<WorkerTimes> {
  const times: Record<string, number> = {};
  for (const pid of await descendants()) {
    for (const thread of await readdir(`/proc/${pid}/task`).catch(() => [])) {
      const folder = `/proc/${pid}/task/${thread}`;
      const name = await readFile(`${folder}/comm`, "utf8").catch(() => "");
      if (!name.startsWith("DedicatedWorker")) continue;
      const [nanoseconds = "0"] = (await readFile(`${folder}/schedstat`, "utf8").catch(() => "")).split(" ");
      times[thread] = Number(nanoseconds) / 1e6;
    }
  }
  return times;
}

async function descendants(): Promise<number[]> {
  const childrenOf = new Map<number, number[]>();
  for (const pid of (await readdir("/proc").catch(() => [])).map(Number).filter(Boolean)) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? 0);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
  }
  const found = childrenOf.get(process.pid) ?? [];
  for (const pid of found) found.push(...(childrenOf.get(pid) ?? []));
  return found;
}
