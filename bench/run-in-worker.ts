import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { createServer } from "vite";
import { findChromium } from "../tools/chromium/find.ts";
import { ISOLATION_HEADERS } from "../tools/serve/headers.ts";

export interface PageWork {
  /** Path of a module from the repository root, and the function in it to call with `input`. */
  readonly module: string;
  readonly call: string;
  readonly input: unknown;
  /** Lets a software adapter stand in where there is no GPU. */
  readonly softwareGpu?: boolean;
}

/** Calls a function in a worker of a real Chromium, isolated so that WASM threads work. Both sides are JSON. */
export async function runInWorker({ softwareGpu = false, ...work }: PageWork): Promise<object> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL("../", import.meta.url)),
    logLevel: "error",
    server: { port: 0, headers: ISOLATION_HEADERS, hmr: false, watch: null },
    // Found dependencies would be bundled while the page runs and reload it.
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  const executablePath = findChromium();
  const gpuFlags = softwareGpu ? ["--use-webgpu-adapter=swiftshader"] : [];
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ["--no-sandbox", "--enable-unsafe-webgpu", ...gpuFlags],
  });
  try {
    const page = await browser.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") console.error(message.text());
    });
    await page.goto(`${server.resolvedUrls?.local[0] ?? ""}bench/page/index.html`);
    const result = await page.evaluate(
      (message) =>
        new Promise<object>((resolve, reject) => {
          const worker = new Worker("/bench/page/bench.worker.ts", { type: "module" });
          worker.onmessage = ({ data }: MessageEvent<{ result?: object; error?: string }>) => {
            if (data.result === undefined) reject(new Error(data.error));
            else resolve(data.result);
          };
          worker.onerror = (event) => reject(new Error(event.message || "the worker did not start"));
          worker.postMessage(message);
        }),
      work,
    );
    return { browser: `Chromium ${browser.version()}`, ...result };
  } finally {
    await browser.close();
    await server.close();
  }
}
