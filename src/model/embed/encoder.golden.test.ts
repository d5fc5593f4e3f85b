import { readFile } from "node:fs/promises";
import { GOLDEN_CASES, HALF_CASE, testEncoder } from "./encoder.contract.ts";

const folder = (path: string) => ({
  read: async (name: string) => new Uint8Array(await readFile(new URL(path + name, import.meta.url))),
});
const surroundings = {
  shipped: folder("../../../public/models/mini/"),
  golden: folder("../../../tools/golden/"),
};

for (const golden of [...GOLDEN_CASES, HALF_CASE]) testEncoder(surroundings, golden);
