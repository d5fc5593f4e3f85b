/**
 * Makes what ships in public/models/mini from the trained half-precision weights in tools/golden:
 * 8-bit weights, reference vectors and the manifest whose digests src/model/catalog/mini.ts repeats.
 *
 * Run: npx tsx tools/golden/quantize-mini.ts
 */
import { readFile, writeFile } from "node:fs/promises";
import { sha256 } from "../../src/base/hash.ts";
import { fromHalf } from "../../src/base/half.ts";
import { quantizeRows, readSafetensors } from "../../src/model/index.ts";
import { writeSafetensors, type TensorToWrite } from "./safetensors-writer.ts";

const GOLDEN = new URL("./", import.meta.url);
const SHIPPED = new URL("../../public/models/mini/", import.meta.url);

/** Matrices that are multiplied or looked up; what is added stays in half precision. */
const QUANTIZED = /(?:word_embeddings|query|key|value|dense)\.weight$/;

/** Golden items that every device is checked with at load: 16, 35, 60 and 227 tokens. */
const REFERENCE_ITEMS = [0, 5, 3, 19];

const tensors = readSafetensors(new Uint8Array(await readFile(new URL("mini.f16.safetensors", GOLDEN))));
const small = [...tensors].flatMap(([name, tensor]): TensorToWrite[] => {
  if (!QUANTIZED.test(name)) return [{ name, ...tensor }];
  const [rows = 1] = tensor.shape;
  const { buffer, byteOffset, byteLength } = tensor.bytes;
  const { values, scales } = quantizeRows(
    fromHalf(new Uint16Array(buffer, byteOffset, byteLength / 2)),
    rows,
  );
  return [
    { name, dtype: "I8", shape: tensor.shape, bytes: new Uint8Array(values.buffer) },
    { name: `${name}.scale`, dtype: "F32", shape: [rows], bytes: new Uint8Array(scales.buffer) },
  ];
});
await writeFile(new URL("model.q8.safetensors", SHIPPED), writeSafetensors(small));

interface Golden {
  readonly items: readonly { readonly text: string; readonly embedding: readonly number[] }[];
}
const golden = JSON.parse(await readFile(new URL("mini.json", GOLDEN), "utf8")) as Golden;
const reference = REFERENCE_ITEMS.flatMap((i) => golden.items[i] ?? []);
await writeFile(
  new URL("reference.json", SHIPPED),
  JSON.stringify({ texts: reference.map((i) => i.text), vectors: reference.map((i) => i.embedding) }),
);

const paths = [
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "model.q8.safetensors",
  "reference.json",
];
const files = await Promise.all(
  paths.map(async (path) => {
    const bytes = await readFile(new URL(path, SHIPPED));
    return { path, sizeBytes: bytes.length, sha256: await sha256(bytes) };
  }),
);
const revision = await sha256(files.map((file) => file.sha256).join("\n"));
await writeFile(new URL("manifest.json", SHIPPED), `${JSON.stringify({ revision, files }, null, 2)}\n`);
