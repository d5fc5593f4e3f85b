/** A GPU device of our own and what is known of it. */
export interface Gpu {
  readonly device: GPUDevice;
  /** Vendor and architecture, as far as the browser tells them. */
  readonly adapter: string;
  /** Computed by the CPU, so slower than WASM. */
  readonly software: boolean;
}

/** Below this ONNX Runtime's attention is wrong from 32 tokens on (1.30.0, seen with 4; 8 was not tried). */
const SAFE_SUBGROUP_SIZE = 16;

const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i;

/** Asks for a WebGPU device; null where there is none. */
export async function probeGpu(): Promise<Gpu | null> {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) return null;
  const { info } = adapter;
  const name = [info.vendor, info.architecture].filter(Boolean).join(" ") || "unnamed GPU";
  return {
    device: await adapter.requestDevice(deviceRequest(adapter)),
    adapter: name,
    software: info.isFallbackAdapter || SOFTWARE.test(`${name} ${info.description}`),
  };
}

/**
 * What is asked of an adapter: its own limits for the sizes that matter, since ONNX Runtime takes the device as it is, and
 * of its features those that have proved right. Half precision is asked for wherever it is offered: an encoder that uses
 * it is checked while it is opened.
 */
export function deviceRequest({
  limits,
  features,
  info,
}: Pick<GPUAdapter, "limits" | "features" | "info">): GPUDeviceDescriptor {
  const requiredFeatures: GPUFeatureName[] = [];
  if (features.has("shader-f16")) requiredFeatures.push("shader-f16");
  if (features.has("subgroups") && (info.subgroupMinSize ?? 0) >= SAFE_SUBGROUP_SIZE)
    requiredFeatures.push("subgroups");
  return {
    requiredFeatures,
    requiredLimits: {
      maxBufferSize: limits.maxBufferSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeWorkgroupSizeY: limits.maxComputeWorkgroupSizeY,
      maxComputeWorkgroupSizeZ: limits.maxComputeWorkgroupSizeZ,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    },
  };
}
