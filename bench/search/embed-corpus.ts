/** Embeds a BEIR folder with the bundled model: npx tsx bench/search/embed-corpus.ts --beir <folder> --task qa --out <folder> */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openNodeEngine } from "../../src/cli/node-engine.ts";
import { isTaskId } from "../../src/contract/index.ts";
import { readTexts } from "../options.ts";

const AT_ONCE = 256;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      beir: { type: "string" },
      task: { type: "string", default: "qa" },
      out: { type: "string" },
      limit: { type: "string", default: "100000" },
    },
  });
  const { beir, out, task } = values;
  if (beir === undefined || out === undefined || !isTaskId(task))
    throw new Error("Say --beir <folder> --task <task> --out <folder>.");
  const { face, close } = await openNodeEngine();
  await mkdir(out, { recursive: true });
  const { model } = await face.status({});
  for (const [side, file] of [
    ["query", "queries"],
    ["key", "corpus"],
  ] as const) {
    const texts = (await readTexts(join(beir, `${file}.jsonl`))).slice(0, Number(values.limit));
    const vectors = new Float32Array(texts.length * model.dim);
    for (let from = 0; from < texts.length; from += AT_ONCE) {
      const part = await face.embed({ task, side, texts: texts.slice(from, from + AT_ONCE) });
      vectors.set(part.vectors, from * model.dim);
    }
    await writeFile(join(out, `${side === "key" ? "keys" : "queries"}.f32`), new Uint8Array(vectors.buffer));
  }
  const madeBy = { model: model.id, key: model.key, dim: model.dim, task, node: process.version };
  await writeFile(join(out, "made-by.json"), JSON.stringify(madeBy, null, 2));
  await close();
}

await main();
