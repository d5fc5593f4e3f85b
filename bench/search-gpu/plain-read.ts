/** Adds up all words of a buffer: what reading costs when nothing else is done with it. */
const READ_SHADER = /* wgsl */ `
@group(0) @binding(0) var<storage, read> words: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> sums: array<u32>;
const LANES = ${64 * 1024}u;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var sum = vec4<u32>();
  for (var i = id.x; i < arrayLength(&words); i += LANES) { sum ^= words[i]; }
  sums[id.x] = sum.x ^ sum.y ^ sum.z ^ sum.w;
}
`;

const LANES = 64 * 1024;
const USAGE = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, STORAGE: 0x80 } as const;

export interface PlainRead {
  /** Reads all bytes so many times, in one submission, and maps a few of the result. */
  run(times: number): Promise<void>;
  close(): void;
}

/** As many bytes as a kernel scans, in buffers of the same size as its blocks; what is in them does not matter. */
export function createPlainRead(device: GPUDevice, bytes: number, blockBytes: number): PlainRead {
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module: device.createShaderModule({ code: READ_SHADER }) },
  });
  const sums = device.createBuffer({ size: LANES * 4, usage: USAGE.STORAGE | USAGE.COPY_SRC });
  const target = device.createBuffer({ size: 16 * 1024, usage: USAGE.MAP_READ | USAGE.COPY_DST });
  const buffers: GPUBuffer[] = [];
  for (let done = 0; done < bytes; done += blockBytes) {
    const size = Math.ceil(Math.min(blockBytes, bytes - done) / 16) * 16;
    buffers.push(device.createBuffer({ size, usage: USAGE.STORAGE | USAGE.COPY_DST }));
  }
  const groups = buffers.map((buffer) =>
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: { buffer } },
        { binding: 1, resource: { buffer: sums } },
      ],
    }),
  );

  return {
    async run(times) {
      const commands = device.createCommandEncoder();
      const pass = commands.beginComputePass();
      pass.setPipeline(pipeline);
      for (let i = 0; i < times; i++)
        for (const group of groups) {
          pass.setBindGroup(0, group);
          pass.dispatchWorkgroups(LANES / 64);
        }
      pass.end();
      commands.copyBufferToBuffer(sums, 0, target, 0, target.size);
      device.queue.submit([commands.finish()]);
      await target.mapAsync(1);
      target.unmap();
    },
    close() {
      for (const buffer of [...buffers, sums, target]) buffer.destroy();
    },
  };
}
