export { createKernel, KERNELS, type KernelName } from "./kernels/index.ts";
export { GPU_FROM_VALUES, openGpuSearch, type GpuSearch } from "./kernels/gpu-search.ts";
export type { MakeKernel } from "./kernels/movable-kernel.ts";
export { createShardedKernel } from "./kernels/sharded/sharded-kernel.ts";
export { startShards, type Shards } from "./kernels/sharded/start-shards.ts";
export { createVectorSet, type RowFilter, type VectorSet, type VectorSetOptions } from "./vector-set.ts";
