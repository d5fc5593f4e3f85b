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

export interface BrowserOptions {
  /** Lets a software adapter stand in where there is no GPU. */
  readonly softwareGpu?: boolean;
  /** Folders of the disk that the page may fetch from, by URL path. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Packages that modules of a page need and that are not modules themselves. */
  readonly bundled?: readonly string[];
  /** Opens a window. */
  readonly headed?: boolean;
}

export interface WorkerCall {
  /** Path of a module from the repository root, and the function in it to call with `input`. */
  readonly module: string;
  readonly call: string;
  readonly input: unknown;
  /** A folder that is picked as a person would pick it: the function gets its files after `input`. */
  readonly pick?: string;
}

/** A real Chromium with a profile of its own and a page that is isolated, so that WASM threads work. */
export interface BenchBrowser {
  readonly version: string;
  /** Calls a function in a new worker of a new page. Both sides are JSON. */
  call<T extends object>(work: WorkerCall): Promise<T>;
  /** Calls a function in a new page itself, where there is a document. Both sides are JSON. */
  callPage<T extends object>(work: Omit<WorkerCall, "pick">): Promise<T>;
  /** The most memory that the processes of the last call held; null where the system does not tell. */
  peakBytes(): Promise<PeakBytes | null>;
  close(): Promise<void>;
}

export async function openBrowser({
  softwareGpu = false,
  folders = {},
  bundled = [],
  headed = false,
}: BrowserOptions): Promise<BenchBrowser> {
  const server = await startServer(folders, bundled);
  const profile = await mkdtemp(join(tmpdir(), "sextant-bench-"));
  const executablePath = findChromium();
  const gpuFlags = softwareGpu ? ["--use-webgpu-adapter=swiftshader"] : [];
  // A profile on the disk, because a private window keeps its files in memory.
  const context = await chromium.launchPersistentContext(profile, {
    headless: !headed,
    ...(executablePath === null ? {} : { executablePath }),
    args: ["--no-sandbox", "--enable-unsafe-webgpu", ...gpuFlags],
  });
  const browser = context.browser();
  let last: Page | undefined;
  async function openPage(): Promise<Page> {
    // Closed no earlier, because its process would end with it and its memory could not be asked for.
    await last?.close();
    const page = await context.newPage();
    last = page;
    page.on("console", (message) => {
      if (message.type() === "error") console.error(message.text());
    });
    await page.goto(`${server.resolvedUrls?.local[0] ?? ""}bench/page/index.html`);
    return page;
  }

  return {
    version: `Chromium ${browser?.version() ?? "of unknown version"}`,
    async call<T extends object>({ module, call, input, pick }: WorkerCall): Promise<T> {
      const page = await openPage();
      if (pick !== undefined) await page.setInputFiles("#files", pick);
      return page.evaluate(
        async ([path, work]) => {
          const loaded = (await import(path)) as { callWorker(work: object): Promise<T> };
          return loaded.callWorker(work);
        },
        ["/bench/page/call-worker.ts", { module, call, input }] as const,
      );
    },
    async callPage<T extends object>({ module, call, input }: WorkerCall): Promise<T> {
      const page = await openPage();
      return page.evaluate(
        async ([path, name, given]) => {
          const loaded = (await import(path)) as Record<string, (input: unknown) => Promise<T>>;
          const called = loaded[name];
          if (!called) throw new Error(`${path} has no ${name}.`);
          return called(given);
        },
        [`/${module}`, call, input] as const,
      );
    },
    peakBytes: async () => (browser === null ? null : readPeakBytes(browser)),
    async close() {
      await context.close();
      await server.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

async function startServer(
  folders: Readonly<Record<string, string>>,
  bundled: readonly string[],
): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL("../", import.meta.url)),
    logLevel: "error",
    plugins: [serveFolders(folders)],
    server: { port: 0, headers: ISOLATION_HEADERS, hmr: false, watch: null },
    // Found dependencies would be bundled while the page runs and reload it.
    optimizeDeps: { noDiscovery: true, include: [...bundled] },
  });
  return server.listen();
}
