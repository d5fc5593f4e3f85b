import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { createNodeFolder } from "../../src/cli/node-folder.ts";
import { readBundledTokenizer } from "../random-bert/bundled-tokenizer.ts";
import { writeRandomBert } from "../random-bert/write-random-bert.ts";
import { WORKER_SAFE } from "../serve/worker-safe.ts";

/** Large enough that converting it takes a while. */
const SHAPE = { layers: 4, hidden: 256, heads: 4, intermediate: 1024, vocabulary: 8192, positions: 512 };

/** Builds a page that opens the library, with the bundled model and another one, as published, beside it. */
export async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL("./page/", import.meta.url)),
    publicDir: fileURLToPath(new URL("../../public/", import.meta.url)),
    logLevel: "error",
    resolve: { conditions: WORKER_SAFE },
    worker: { format: "es" },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2024",
      assetsInlineLimit: 0,
      minify: false,
      chunkSizeWarningLimit: 4000,
    },
  });
  const model = createNodeFolder(join(folder, "torture-model"));
  const tokenizer = await readBundledTokenizer();
  await writeRandomBert(model, { shape: SHAPE, seed: 3, format: "safetensors", dtype: "f32", tokenizer });
  const paths = (await model.list()).map(({ path }) => path);
  await mkdir(join(folder, "torture-model"), { recursive: true });
  await writeFile(join(folder, "torture-model/files.json"), JSON.stringify(paths));
}
