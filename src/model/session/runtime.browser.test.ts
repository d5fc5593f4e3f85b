import { expect, test } from "vitest";
import { mini } from "../catalog/mini.ts";
import { openEncoder } from "../embed/open-encoder.ts";
import { createHttpFiles } from "../source/http-files.ts";

test("a browser that cannot suspend WebAssembly uses the other build, threads included, from this server only", async () => {
  expect(Reflect.deleteProperty(WebAssembly, "Suspending")).toBe(true);
  const encoder = await openEncoder({
    manifest: mini,
    files: createHttpFiles("/models/mini/"),
    gpu: null,
    dtype: "q8",
    threads: 2,
  });
  expect(encoder.device).toMatchObject({ used: "wasm", threads: crossOriginIsolated ? 2 : 1 });
  expect(encoder.device.parityCosine).toBeGreaterThan(0.99);
  const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  expect(loaded.some((url) => url.pathname.endsWith("asyncify.wasm"))).toBe(true);
  expect(loaded.filter((url) => url.origin !== location.origin)).toEqual([]);
  await encoder.close();
});
