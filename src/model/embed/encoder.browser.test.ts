import { createHttpFiles } from "../source/http-files.ts";
import { GOLDEN_CASES, testEncoder } from "./encoder.contract.ts";

const surroundings = { shipped: createHttpFiles("/models/mini/"), golden: createHttpFiles("/tools/golden/") };

for (const golden of GOLDEN_CASES) testEncoder(surroundings, golden);
