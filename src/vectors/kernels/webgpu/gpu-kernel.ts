import type { Kernel } from "../../../contract/index.ts";
import { createBlockKernel } from "../block-kernel.ts";
import type { BlockKind, KernelOptions } from "../block.ts";
import { checkDim } from "../check.ts";
import { createScratch } from "./buffers.ts";
import { createGpuBlock, fullError, type BlockSpace } from "./gpu-block.ts";
import { guardDevice } from "./guard.ts";
import { layOutRows, paddedRows, QUERIES } from "./layout.ts";
import { createPipelines, probeVariant } from "./pipelines.ts";
import { scanBlocks } from "./scan-blocks.ts";
import type { ShaderVariant } from "./shaders/scan.ts";

/** Memory of one block at most: what every device binds, and little enough that a compaction's copy is no burden. */
const BLOCK_BYTES = 128 * 1024 * 1024;

export interface GpuBlockOptions {
  /** Default: what the device has. Where it lacks a feature, asking for it fails. */
  readonly variant?: Partial<ShaderVariant> | undefined;
  /** Rows of one block at most, a multiple of 64; tests make it small. */
  readonly capacity?: number | undefined;
  /** Candidates a query that are read back at once; tests make it small. */
  readonly room?: number | undefined;
  /** Bytes on the device beyond which rows are refused with `vectors/full`. Default: no limit of our own. */
  readonly maxBytes?: number | undefined;
}

/**
 * Rows as 8-bit codes with a scale a row on a GPU: dim + 16 bytes a row, dim rounded up to 16, and 8 more once it was
 * searched, or 32 by several queries at once. The device stays its owner's.
 *
 * Bounds are proved as the WASM kernel's are. A device that is lost or lacks memory fails the next search and all that
 * follows with `gpu/lost` or `gpu/out-of-memory`: it answers late, so `append` cannot tell.
 */
export function webgpuBlocks(device: GPUDevice, dim: number, options: GpuBlockOptions = {}): BlockKind {
  const layout = layOutRows(dim);
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
  const most = Math.min(BLOCK_BYTES, maxStorageBufferBindingSize, maxBufferSize);
  const fitting = paddedRows(Math.floor(most / Math.max(layout.rowBytes, QUERIES * 8)) - 63);
  const capacity = options.capacity ?? Math.min(fitting, 64 * device.limits.maxComputeWorkgroupsPerDimension);
  const gpu = { device, guard: guardDevice(device) };
  const { maxBytes = Infinity, room } = options;
  const scratch = createScratch(gpu);
  let bytes = 0;

  const space: BlockSpace = {
    gpu,
    layout,
    capacity,
    scratch,
    pipelines: createPipelines(gpu, { ...probeVariant(device), ...options.variant }),
    async scanAlone(block, { rows, mask, queries, k }) {
      return scanBlocks(space, { scans: [{ block, rows, mask, firstRow: 0 }], queries, k }, { room });
    },
    account(more) {
      if (bytes + more > maxBytes) throw fullError(bytes + more);
      bytes += more;
      if (bytes === 0) scratch.release();
    },
  };

  return {
    name: nameOf(space.pipelines.variant),
    queriesAtOnce: Infinity,
    create: () => createGpuBlock(space),
    scanAll: (scan) => scanBlocks(space, scan, { room }),
  };
}

function nameOf({ packed, subgroups }: ShaderVariant): string {
  return ["webgpu", packed ? "packed" : "plain", ...(subgroups ? ["subgroups"] : [])].join("-");
}

/** A kernel on a device that others use too. */
export function createGpuKernel(
  device: GPUDevice,
  dim: number,
  { exactRows, ...options }: GpuBlockOptions & KernelOptions = {},
): Kernel {
  checkDim(dim);
  return createBlockKernel(dim, webgpuBlocks(device, dim, options), { exactRows });
}
