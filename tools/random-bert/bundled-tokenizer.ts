import { readFile } from "node:fs/promises";
import type { TokenizerFiles } from "./cut-tokenizer.ts";

const BUNDLED = new URL("../../public/models/mini/", import.meta.url);

/** The bundled model's tokenizer, from the repository. */
export async function readBundledTokenizer(): Promise<TokenizerFiles> {
  const read = async (name: string) => JSON.parse(await readFile(new URL(name, BUNDLED), "utf8")) as object;
  return { tokenizer: await read("tokenizer.json"), tokenizerConfig: await read("tokenizer_config.json") };
}
