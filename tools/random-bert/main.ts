/** Writes a random BERT as it would be published: npx tsx tools/random-bert/main.ts --out <folder> [options] */
import { parseArgs } from "node:util";
import { createNodeFolder } from "../../src/cli/node-folder.ts";
import { readBundledTokenizer } from "./bundled-tokenizer.ts";
import { LLM_EMBEDDER_SHAPE, WEIGHT_STATES, type BertShape } from "./shape.ts";
import { PUBLISHED_DTYPES, PUBLISHED_FORMATS, writeRandomBert } from "./write-random-bert.ts";

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    layers: { type: "string" },
    hidden: { type: "string" },
    heads: { type: "string" },
    intermediate: { type: "string" },
    vocabulary: { type: "string" },
    positions: { type: "string" },
    seed: { type: "string", default: "1" },
    format: { type: "string", default: "both" },
    dtype: { type: "string", default: "f32" },
    state: { type: "string", default: "trained" },
  },
});
const { out, seed } = values;
const format = PUBLISHED_FORMATS.find((name) => name === values.format);
const dtype = PUBLISHED_DTYPES.find((name) => name === values.dtype);
const state = WEIGHT_STATES.find((name) => name === values.state);
const given = (Object.keys(LLM_EMBEDDER_SHAPE) as (keyof BertShape)[]).map((size) => [
  size,
  Number(values[size] ?? LLM_EMBEDDER_SHAPE[size]),
]);
const shape = Object.fromEntries(given) as Record<keyof BertShape, number>;
const whole = [...Object.values(shape), Number(seed)].every((size) => Number.isInteger(size) && size > 0);
if (!out || !format || !dtype || !state || !whole || shape.hidden % shape.heads !== 0) {
  console.error(
    [
      "Usage: npx tsx tools/random-bert/main.ts --out <folder> [--seed 1]",
      `  [--format ${PUBLISHED_FORMATS.join("|")}] [--dtype ${PUBLISHED_DTYPES.join("|")}] [--state ${WEIGHT_STATES.join("|")}]`,
      `  [${Object.entries(LLM_EMBEDDER_SHAPE)
        .map(([size, value]) => `--${size} ${value}`)
        .join(" ")}]`,
      "Sizes are whole numbers; heads divide hidden.",
    ].join("\n"),
  );
  process.exitCode = 2;
} else {
  const folder = createNodeFolder(out);
  await writeRandomBert(folder, {
    shape,
    seed: Number(seed),
    format,
    dtype,
    state,
    tokenizer: await readBundledTokenizer(),
  });
  for (const { path, sizeBytes } of await folder.list()) console.log(`${path}\t${sizeBytes}`);
}
