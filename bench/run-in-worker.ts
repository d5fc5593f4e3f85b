import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "@playwright/test";
import { createServer, type ViteDevServer } from "vite";
import { findChromium } from "../tools/chromium/find.ts";
import { ISOLATION_HEADERS } from "../tools/serve/headers.ts";
import { readPeakBytes, type PeakBytes } from "./peak-bytes.ts";
import { serveFolders } from "./serve-folders.ts";

export interface PageWork {
  /** Path of a module from the repository root, and the function in it to call with `input`. */
  readonly module: string;
  readonly call: string;
  readonly input: unknown;
  /** Lets a software adapter stand in where there is no GPU. */
  readonly softwareGpu?: boolean;
  /** Folders of the disk that the page may fetch from, by URL path. */
  readonly folders?: Readonly<Record<string, string>>;
  /** A folder that is picked as a person would pick it: the function gets its files after `input`. */
  readonly pick?: string;
}

export interface WorkerResult<T> {
  readonly browser: string;
  /** Of a fresh browser's processes up to the end of the call; null where the system does not tell. */
  readonly peakBytes: PeakBytes | null;
  readonly result: T;
}

/** Calls a function in a worker of a real Chromium, isolated so that WASM threads work. Both sides are JSON. */
export async function runInWorker<T extends object>(work: PageWork): Promise<WorkerResult<T>> {
  const server = await startServer(work.folders ?? {});
  const profile = await mkdtemp(join(tmpdir(), "sextant-bench-"));
  const executablePath = findChromium();
  const gpuFlags = work.softwareGpu ? ["--use-webgpu-adapter=swiftshader"] : [];
  // A profile on the disk, because a private window keeps its files in memory.
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath === null ? {} : { executablePath }),
    args: ["--no-sandbox", "--enable-unsafe-webgpu", ...gpuFlags],
  });
  try {
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") console.error(message.text());
    });
    await page.goto(`${server.resolvedUrls?.local[0] ?? ""}bench/page/index.html`);
    if (work.pick !== undefined) await page.setInputFiles("#files", work.pick);
    const result = await callInWorker<T>(page, work);
    const browser = context.browser();
    return {
      browser: `Chromium ${browser?.version() ?? "of unknown version"}`,
      peakBytes: browser && (await readPeakBytes(browser)),
      result,
    };
  } finally {
    await context.close();
    await server.close();
    await rm(profile, { recursive: true, force: true });
  }
}

async function startServer(folders: Readonly<Record<string, string>>): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL("../", import.meta.url)),
    logLevel: "error",
    plugins: [serveFolders(folders)],
    server: { port: 0, headers: ISOLATION_HEADERS, hmr: false, watch: null },
    // Found dependencies would be bundled while the page runs and reload it.
    optimizeDeps: { noDiscovery: true },
  });
  return server.listen();
}

async function callInWorker<T>(page: Page, { module, call, input }: PageWork): Promise<T> {
  return page.evaluate(
    async ([path, work]) => {
      const loaded = (await import(path)) as { callWorker(work: object): Promise<T> };
      return loaded.callWorker(work);
    },
    ["/bench/page/call-worker.ts", { module, call, input }] as const,
  );
}
