import { readFile } from "node:fs/promises";
import { GOLDEN_CASES, testEncoder } from "./encoder.contract.ts";

const folder = (path: string) => ({
  read: async (name: string) => new Uint8Array(await readFile(new URL(path + name, import.meta.url))),
});

for (const golden of GOLDEN_CASES) {
  testEncoder(
    { shipped: folder("../../../public/models/mini/"), golden: folder("../../../tools/golden/") },
    golden,
  );
}
