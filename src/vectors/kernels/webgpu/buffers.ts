import type { GpuGuard } from "./guard.ts";

/** W3C WebGPU, GPUBufferUsage and GPUMapMode: the compiler's library has their types only. */
const USAGE = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, UNIFORM: 0x40, STORAGE: 0x80 } as const;
const MAP_MODE_READ = 0x1;

/** Where uniforms of one dispatch may begin, on every device. */
export const UNIFORM_STEP = 256;

export interface Gpu {
  readonly device: GPUDevice;
  readonly guard: GpuGuard;
}

export const storageBuffer = ({ device, guard }: Gpu, bytes: number): GPUBuffer =>
  guard.attempt(() =>
    device.createBuffer({ size: bytes, usage: USAGE.STORAGE | USAGE.COPY_SRC | USAGE.COPY_DST }),
  );

/**
 * Buffers by name that stay, and grow to the largest use. One of each is enough for any number of searches: a queue does
 * one after the other.
 */
export interface Scratch {
  readonly bytes: number;
  /** At least so many bytes; what was in it may be gone. */
  take(name: string, bytes: number): GPUBuffer;
  /** The same with data in it. */
  write(
    name: string,
    data: Uint32Array<ArrayBuffer> | Int8Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
  ): GPUBuffer;
  /** Reads the beginnings of buffers into one array, with one map. What it returns waits for them. */
  read(parts: readonly { buffer: GPUBuffer; bytes: number }[]): () => Promise<ArrayBuffer>;
  release(): void;
}

export function createScratch(gpu: Gpu): Scratch {
  const { device, guard } = gpu;
  const buffersByName = new Map<string, GPUBuffer>();
  const idle = new Set<GPUBuffer>();

  const take = (name: string, bytes: number): GPUBuffer => {
    const known = buffersByName.get(name);
    if (known !== undefined && known.size >= bytes) return known;
    const size = Math.max(UNIFORM_STEP, 2 ** Math.ceil(Math.log2(bytes)));
    const usage = USAGE.STORAGE | USAGE.COPY_SRC | USAGE.COPY_DST | USAGE.UNIFORM;
    const made = guard.attempt(() => device.createBuffer({ size, usage }));
    known?.destroy();
    buffersByName.set(name, made);
    return made;
  };

  const takeReadable = (bytes: number): GPUBuffer => {
    const free = [...idle].find(({ size }) => size >= bytes);
    if (free !== undefined) {
      idle.delete(free);
      return free;
    }
    return guard.attempt(() => device.createBuffer({ size: bytes, usage: USAGE.MAP_READ | USAGE.COPY_DST }));
  };

  return {
    get bytes() {
      return [...buffersByName.values(), ...idle].reduce((sum, { size }) => sum + size, 0);
    },
    take,
    write(name, data) {
      const buffer = take(name, data.byteLength);
      guard.attempt(() => device.queue.writeBuffer(buffer, 0, data));
      return buffer;
    },
    read(parts) {
      const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
      const target = takeReadable(bytes);
      guard.attempt(() => {
        const commands = device.createCommandEncoder();
        let at = 0;
        for (const part of parts) {
          commands.copyBufferToBuffer(part.buffer, 0, target, at, part.bytes);
          at += part.bytes;
        }
        device.queue.submit([commands.finish()]);
      });
      return async () => {
        await target.mapAsync(MAP_MODE_READ, 0, bytes);
        const copy = target.getMappedRange(0, bytes).slice(0);
        target.unmap();
        for (const other of idle) other.destroy();
        idle.clear();
        idle.add(target);
        return copy;
      };
    },
    release() {
      for (const buffer of [...buffersByName.values(), ...idle]) buffer.destroy();
      buffersByName.clear();
      idle.clear();
    },
  };
}
