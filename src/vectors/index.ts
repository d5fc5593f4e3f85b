export { createKernel, KERNELS, type KernelName } from "./kernels/index.ts";
export { createVectorSet, type VectorSet } from "./vector-set.ts";
