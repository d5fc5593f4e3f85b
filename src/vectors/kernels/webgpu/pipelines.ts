import { APPEND_SHADER } from "./shaders/append.ts";
import { COLLECT_SHADER } from "./shaders/collect.ts";
import { COPY_SHADER } from "./shaders/copy.ts";
import { scanShader, type ShaderVariant } from "./shaders/scan.ts";
import { SELECT_SHADER } from "./shaders/select.ts";
import { QUERIES } from "./layout.ts";
import type { Gpu } from "./buffers.ts";

/** The programs of one device; each is compiled when it is first used. */
export type PipelineName = "append" | "copy" | "scan-one" | "scan-several" | "select" | "collect";

/** A part of a buffer, from a byte on, or all of it. */
export type Bound =
  GPUBuffer | { readonly buffer: GPUBuffer; readonly offset?: number; readonly size?: number };

export interface Pipelines {
  readonly variant: ShaderVariant;
  /** Puts one run of a program with these bindings into a pass. */
  dispatch(
    pass: GPUComputePassEncoder,
    name: PipelineName,
    bindings: readonly Bound[],
    x: number,
    y?: number,
  ): void;
}

const PACKED = "packed_4x8_integer_dot_product";

/** The fastest variant that a device has. */
export function probeVariant(device: GPUDevice, language?: WGSLLanguageFeatures): ShaderVariant {
  const known = language ?? globalThis.navigator?.gpu?.wgslLanguageFeatures;
  return { packed: known?.has(PACKED) ?? false, subgroups: device.features.has("subgroups") };
}

const compiled = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

export function createPipelines({ device, guard }: Gpu, variant: ShaderVariant): Pipelines {
  const known = compiled.get(device) ?? new Map<string, GPUComputePipeline>();
  compiled.set(device, known);

  const codeOf = (name: PipelineName): string => {
    switch (name) {
      case "append":
        return APPEND_SHADER;
      case "copy":
        return COPY_SHADER;
      case "scan-one":
        return scanShader(variant, 1);
      case "scan-several":
        return scanShader(variant, QUERIES);
      case "select":
        return SELECT_SHADER;
      case "collect":
        return COLLECT_SHADER;
    }
  };

  const pipelineOf = (name: PipelineName): GPUComputePipeline => {
    const code = codeOf(name);
    const found = known.get(code);
    if (found) return found;
    const made = guard.attempt(() =>
      device.createComputePipeline({
        label: `sextant ${name}`,
        layout: "auto",
        compute: { module: device.createShaderModule({ label: `sextant ${name}`, code }) },
      }),
    );
    known.set(code, made);
    return made;
  };

  return {
    variant,
    dispatch(pass, name, bindings, x, y = 1) {
      if (x === 0 || y === 0) return;
      const pipeline = pipelineOf(name);
      pass.setPipeline(pipeline);
      const entries = bindings.map((bound, binding) => ({
        binding,
        resource: "buffer" in bound ? bound : { buffer: bound },
      }));
      pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
      pass.dispatchWorkgroups(x, y);
    },
  };
}
