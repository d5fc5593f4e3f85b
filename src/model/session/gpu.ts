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

/** The adapter's own limits for the sizes that matter; ONNX Runtime takes the device as it is. */
function deviceRequest(adapter: GPUAdapter): GPUDeviceDescriptor {
  const { limits, features, info } = adapter;
  const subgroups = features.has("subgroups") && (info.subgroupMinSize ?? 0) >= SAFE_SUBGROUP_SIZE;
  return {
    requiredFeatures: subgroups ? ["subgroups"] : [],
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
