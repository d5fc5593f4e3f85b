export { createKernel, KERNELS, type KernelName } from "./kernels/index.ts";
export { createVectorSet, type VectorSet, type VectorSetOptions } from "./vector-set.ts";
