import { sha256 } from "../../../base/hash.ts";
import type { Folder, WritableFolder } from "../../folder.ts";
import { WEIGHTS_PATH, type ModelFile, type ModelManifest } from "../../manifest.ts";
import { readTextFile } from "../../tokenize/json-file.ts";
import type { ConvertModel, PreparePipeline } from "../model-library.ts";

type Made = Parameters<ConvertModel>[0];

export interface FakeMaking {
  readonly convert: ConvertModel;
  readonly preparePipeline: PreparePipeline;
  /** What the converter was asked for, oldest first. */
  readonly made: Made[];
  /** Called once the new weights are half written. */
  onHalf: (() => void) | null;
}

/** Makes folders that look like converted models: their weights are the dtype and the published bytes' digest. */
export function fakeMaking(): FakeMaking {
  const fake: FakeMaking = {
    made: [],
    onHalf: null,
    async convert(options) {
      const { source, target, dtype, signal, onProgress } = options;
      fake.made.push(options);
      const weights = await weightsIn(source);
      onProgress?.({ phase: "convert", file: WEIGHTS_PATH[dtype], doneBytes: 1, totalBytes: 2 });
      const sink = await target.create(WEIGHTS_PATH[dtype]);
      await sink.write(new TextEncoder().encode(`${dtype} of `));
      fake.onHalf?.();
      signal?.throwIfAborted();
      await sink.write(new TextEncoder().encode(weights));
      await sink.close();
      return describe(options, source, target, weights);
    },
    async preparePipeline(options) {
      const { folder, dtype } = options;
      const weights = await pin(folder, WEIGHTS_PATH[dtype]);
      return { ...(await describe(options, folder, folder, "as it is")), weights: { [dtype]: weights } };
    },
  };
  return fake;
}

async function weightsIn(source: Folder): Promise<string> {
  const paths = (await source.list()).map(({ path }) => path);
  const path = paths.find((candidate) => /\.(safetensors|bin)$/.test(candidate)) ?? "";
  const weights = await source.open(path);
  return sha256(await weights.read(0, weights.sizeBytes));
}

async function describe(
  { description, dtype, referencePath }: Pick<Made, "description" | "dtype" | "referencePath">,
  source: Folder,
  target: WritableFolder,
  weights: string,
): Promise<ModelManifest> {
  const config = await readTextFile(source, "config.json");
  const contents = {
    "config.json": config,
    "tokenizer.json": "{}",
    "tokenizer_config.json": "{}",
    [referencePath]: JSON.stringify({ of: dtype }),
  };
  for (const [path, content] of Object.entries(contents)) {
    const sink = await target.create(path);
    await sink.write(new TextEncoder().encode(content));
    await sink.close();
  }
  const { pooling, prefixes } = description;
  return {
    ...description,
    format: 1,
    dim: description.dim ?? 8,
    maxTokens: description.maxTokens ?? 16,
    fingerprint: await sha256(JSON.stringify([weights, pooling, prefixes])),
    files: {
      config: await pin(target, "config.json"),
      tokenizer: await pin(target, "tokenizer.json"),
      tokenizerConfig: await pin(target, "tokenizer_config.json"),
      reference: await pin(target, referencePath),
    },
    weights: { [dtype]: await pin(target, WEIGHTS_PATH[dtype]) },
  };
}

async function pin(folder: Folder, path: string): Promise<ModelFile> {
  const source = await folder.open(path);
  return { path, sizeBytes: source.sizeBytes, sha256: await sha256(await source.read(0, source.sizeBytes)) };
}
