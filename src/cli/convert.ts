import { readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  DTYPES,
  isDtype,
  SextantError,
  type Dtype,
  type ModelOrigin,
  type PickedFile,
} from "../contract/index.ts";
import { CATALOG, convertModel, createModelLibrary, type ModelManifest } from "../engine/index.ts";
import { untilInterrupted } from "./interrupt.ts";
import { DEFAULT_CACHE } from "./chosen-engine.ts";
import { createConversionStore } from "./conversion-store.ts";
import { createNodeFolder, createNodeFolderStore } from "./node-folder.ts";
import { createReport } from "./report.ts";

export const usage = [
  `convert <id|folder> --dtype ${DTYPES.toReversed().join("|")} --out <folder>`,
  "[--pooling cls|mean] [--name <name>] [--revision <commit>] [--endpoint <url>] [--cache <folder>]",
].join(" ");

const HUB = "https://huggingface.co";

/**
 * Makes a folder that Sextant opens, on this disk or on any site, from weights as they were published: a folder of them,
 * a model of the catalog by its id, or a repository of the hub. Prints one line of JSON.
 */
export async function run(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      dtype: { type: "string", default: "q8" },
      out: { type: "string" },
      name: { type: "string" },
      pooling: { type: "string" },
      revision: { type: "string" },
      endpoint: { type: "string", default: process.env["HF_ENDPOINT"] ?? HUB },
      cache: { type: "string", default: DEFAULT_CACHE },
    },
  });
  const [what, ...more] = positionals;
  const { dtype, out, pooling, endpoint, cache } = values;
  const knownPooling = pooling === undefined || pooling === "cls" || pooling === "mean";
  if (!what || more.length > 0 || !out || !isDtype(dtype) || !knownPooling)
    throw new SextantError("engine/invalid-input", `Usage: sextant ${usage}`);

  const report = createReport(process.stderr);
  const signal = untilInterrupted();
  const folder = createNodeFolder(out);
  const library = createModelLibrary({
    store: createConversionStore(folder, createNodeFolderStore(cache)),
    catalog: CATALOG,
    siteUrl: null,
    hub: () => ({ endpoint, token: process.env["HF_TOKEN"] ?? null }),
    convert: async (options) => {
      const before = await readManifest(out);
      if (before && before.id !== options.description.id) throw otherModel(out, before);
      return convertModel(options);
    },
  });
  const startMs = performance.now();
  const origin = await findOrigin(what, values);
  const { modelId } = await library.add(
    { origin, dtype, ...(pooling === undefined ? {} : { pooling }) },
    { signal, onProgress: report.progress },
  );
  const seconds = (performance.now() - startMs) / 1000;
  report.end();
  const manifest = await readManifest(out);
  if (manifest?.id !== modelId) throw otherModel(out, manifest);
  console.log(JSON.stringify({ ...summary(manifest, dtype), seconds: Math.round(seconds * 100) / 100 }));
}

/** A folder that exists is meant as one. */
async function findOrigin(
  what: string,
  { name, revision }: { readonly name?: string | undefined; readonly revision?: string | undefined },
): Promise<ModelOrigin> {
  const found = await stat(what).catch(() => null);
  if (found?.isDirectory())
    return { from: "files", name: name ?? basename(resolve(what)), files: await pickAll(what) };
  const repository = CATALOG.find(({ id }) => id === what)?.repository ?? what;
  return { from: "hub", repository, ...(revision === undefined ? {} : { revision }) };
}

/** A folder of the disk as a browser would hand it over. */
async function pickAll(path: string): Promise<PickedFile[]> {
  const folder = createNodeFolder(path);
  const files = await folder.list();
  return Promise.all(
    files.map(async ({ path: filePath, sizeBytes }) => {
      const source = await folder.open(filePath);
      const slice = (start: number, end: number) => ({
        arrayBuffer: async () => (await source.read(start, end)).buffer,
      });
      return { path: filePath, content: { size: sizeBytes, slice } };
    }),
  );
}

function summary({ id, fingerprint, files, weights }: ModelManifest, dtype: Dtype) {
  const own = weights[dtype];
  const written = [...Object.values(files), ...(own ? [own] : [])];
  return {
    id,
    dtype,
    fingerprint,
    files: written.map(({ path, sizeBytes }) => ({ path, sizeBytes })),
    bytesWritten: written.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    /** Node gives kilobytes on every system. */
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

async function readManifest(out: string): Promise<ModelManifest | null> {
  const text = await readFile(join(out, "sextant.json"), "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as ModelManifest);
}

function otherModel(out: string, manifest: ModelManifest | null): SextantError {
  const what = manifest ? `${manifest.name} (${manifest.id}), which is another model` : "no model";
  return new SextantError(
    "engine/invalid-input",
    `${out} holds ${what}. Choose another folder, or delete it first.`,
    { out, modelId: manifest?.id ?? null },
  );
}
