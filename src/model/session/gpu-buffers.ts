import type { InferenceSession } from "onnxruntime-web/webgpu";
import type { Runtime } from "./runtime.ts";
import type { TokenBatch } from "./session.ts";

/** W3C WebGPU, GPUBufferUsage and GPUMapMode: the compiler's library has their types only. */
const USAGE = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, STORAGE: 0x80 } as const;
const MAP_MODE_READ = 0x1;

/** Gives an encoder's inputs to the GPU. */
export interface GpuInputs {
  write(batch: TokenBatch): InferenceSession.FeedsType;
  close(): void;
}

/** Buffers that stay, and grow with the largest batch; a batch uses their beginning. */
export function createInputs(runtime: Runtime, device: GPUDevice): GpuInputs {
  const buffersByName = new Map<string, GPUBuffer>();

  const write = (name: string, data: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer => {
    let buffer = buffersByName.get(name);
    if (buffer === undefined || buffer.size < data.byteLength) {
      buffer?.destroy();
      const usage = USAGE.STORAGE | USAGE.COPY_DST | USAGE.COPY_SRC;
      buffer = device.createBuffer({ size: Math.ceil(data.byteLength / 16) * 16, usage });
      buffersByName.set(name, buffer);
    }
    device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  };

  return {
    write({ rows, length, ids, mask }) {
      const { fromGpuBuffer } = runtime.Tensor;
      const positions = Int32Array.from({ length }, (_, i) => i);
      return {
        ids: fromGpuBuffer(write("ids", ids), { dataType: "int32", dims: [rows, length] }),
        mask: fromGpuBuffer(write("mask", mask), { dataType: "float32", dims: [rows, length] }),
        positions: fromGpuBuffer(write("positions", positions), { dataType: "int32", dims: [length] }),
      };
    },
    close() {
      for (const buffer of buffersByName.values()) buffer.destroy();
    },
  };
}

/** Brings a GPU's results to the CPU. */
export interface GpuOutputs {
  /** Queues the copy; the source may be given back at once. What it returns waits for the copy. */
  read(source: GPUBuffer, sizeBytes: number): () => Promise<Float32Array>;
  close(): void;
}

/**
 * Mappable buffers that are used again: as many as there are reads at once. One that is too small makes way for one of
 * the next power of two, so that batches of ever more rows do not leave a buffer each.
 */
export function createOutputs(device: GPUDevice): GpuOutputs {
  const made = new Set<GPUBuffer>();
  const idle: GPUBuffer[] = [];

  const take = (sizeBytes: number): GPUBuffer => {
    const kept = idle.pop();
    if (kept) {
      if (kept.size >= sizeBytes) return kept;
      kept.destroy();
      made.delete(kept);
    }
    const size = 2 ** Math.ceil(Math.log2(sizeBytes));
    const target = device.createBuffer({ size, usage: USAGE.MAP_READ | USAGE.COPY_DST });
    made.add(target);
    return target;
  };

  return {
    read(source, sizeBytes) {
      const target = take(sizeBytes);
      const commands = device.createCommandEncoder();
      commands.copyBufferToBuffer(source, 0, target, 0, sizeBytes);
      device.queue.submit([commands.finish()]);
      return async () => {
        await target.mapAsync(MAP_MODE_READ, 0, sizeBytes);
        const rows = new Float32Array(target.getMappedRange(0, sizeBytes).slice(0));
        target.unmap();
        idle.push(target);
        return rows;
      };
    },
    close() {
      for (const buffer of made) buffer.destroy();
    },
  };
}
