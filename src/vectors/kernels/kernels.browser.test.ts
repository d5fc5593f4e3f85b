import { KERNELS } from "./index.ts";
import { describeKernel } from "./kernel.contract.ts";

for (const [name, create] of Object.entries(KERNELS)) describeKernel(name, create);
