import { rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isDtype, SextantError, toSextantError } from "../contract/index.ts";
import { untilInterrupted } from "./interrupt.ts";
import { DEFAULT_CACHE, openChosenEngine } from "./chosen-engine.ts";
import { keepCollection, readKept } from "./kept-collection.ts";
import { accessTo, SERVER_OPTIONS } from "./push/read-choice.ts";
import { createReport } from "./report.ts";

export const usage = [
  "pull <name there> --from <url> --out <file.sextant.zip> [--tenant <t>] [--database <d>]",
  "[--model <id|folder>] [--dtype q8|q4|fp16|fp32] [--cache <folder>]",
].join(" ");

/**
 * Copies a collection from a Chroma server into a bundle, which the app imports. Where it is cut off, what has come is
 * kept beside it and the next run goes on from there. Prints one line of JSON.
 */
export async function run(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      ...SERVER_OPTIONS,
      from: { type: "string" },
      out: { type: "string" },
      model: { type: "string", default: "sextant-mini" },
      dtype: { type: "string", default: "q8" },
      cache: { type: "string", default: DEFAULT_CACHE },
    },
  });
  const [remoteName, ...more] = positionals;
  const { from, out, model, dtype, cache } = values;
  if (!remoteName || more.length > 0 || !from || !out || !isDtype(dtype))
    throw new SextantError("engine/invalid-input", `Usage: sextant ${usage}`);
  const folder = dirname(resolve(out));
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw new SextantError(
      "engine/invalid-input",
      `There is no folder ${folder}: make it, or choose another.`,
    );
  const signal = untilInterrupted();
  const report = createReport(process.stderr);
  const { face, close } = await openChosenEngine({ model, dtype, cache, onProgress: report.progress });
  const begun = `${out}.begun`;
  try {
    const collectionId = await readKept(face, begun);
    const request = {
      access: accessTo(from, values),
      remoteName,
      ...(collectionId !== null && { collectionId }),
    };
    try {
      const { collection, ...counts } = await face.pull(request, {
        signal,
        onEvent: ({ donePassages, totalPassages }) =>
          report.say("pulling", `${donePassages} of ${totalPassages}`),
      });
      report.end();
      await keepCollection(face, collection.id, out);
      await rm(begun, { force: true });
      console.log(JSON.stringify({ name: collection.name, ...counts }));
    } catch (error) {
      const [partial] = (await face.remotes({})).filter((link) => link.remoteName === remoteName);
      if (partial)
        await keepCollection(face, partial.collectionId, begun).catch((unkept: unknown) =>
          console.error(`What has come could not be kept in ${begun}: ${toSextantError(unkept).message}`),
        );
      throw error;
    }
  } finally {
    await close();
  }
}
