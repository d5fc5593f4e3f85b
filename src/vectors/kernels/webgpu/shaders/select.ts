/**
 * Finds, per query, the bar that k rows are known to reach: the k-th best of the lower bounds that `scan` kept, by
 * radix, eight bits a pass. Fewer than k of them: the bar is 0, below everything. Adds up moments on the way. One
 * workgroup a query.
 *
 * Bindings: 0 params · 1 tops u32[j, slots] · 2 moments f32[j, groups, 4] · 3 heads u32[q, 8] (layout.ts).
 *
 * Source: of the moments, Chan, Golub, LeVeque 1979, equation 2.1.
 */
export const SELECT_SHADER = /* wgsl */ `
struct Params { firstQuery: u32, groups: u32, slots: u32, k: u32 }
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> tops: array<u32>;
@group(0) @binding(2) var<storage, read> moments: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> heads: array<u32>;

var<workgroup> parts: array<vec3<f32>, 256>;
var<workgroup> counts: array<atomic<u32>, 256>;
var<workgroup> sums: array<u32, 256>;
var<workgroup> chosen: vec2<u32>;

fn merge(a: vec3<f32>, b: vec3<f32>) -> vec3<f32> {
  if (b.x == 0.0) { return a; }
  if (a.x == 0.0) { return b; }
  let apart = b.y - a.y;
  let part = b.x / (a.x + b.x);
  return vec3<f32>(a.x + b.x, a.y + apart * part, a.z + b.z + apart * apart * a.x * part);
}

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) query: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let j = query.x;
  var part = vec3<f32>();
  for (var g = lane; g < p.groups; g += 256u) { part = merge(part, moments[j * p.groups + g].xyz); }
  parts[lane] = part;
  for (var step = 128u; step > 0u; step >>= 1u) {
    workgroupBarrier();
    if (lane < step) { parts[lane] = merge(parts[lane], parts[lane + step]); }
  }
  if (lane == 0u) { chosen = vec2<u32>(0u, p.k); }
  for (var turn = 0u; turn < 4u; turn++) {
    let before = workgroupUniformLoad(&chosen);
    let shift = 24u - 8u * turn;
    atomicStore(&counts[lane], 0u);
    workgroupBarrier();
    for (var i = lane; i < p.slots; i += 256u) {
      let key = tops[j * p.slots + i];
      if (key != 0u && (turn == 0u || ((key >> shift) >> 8u) == before.x)) {
        atomicAdd(&counts[(key >> shift) & 255u], 1u);
      }
    }
    workgroupBarrier();
    sums[lane] = atomicLoad(&counts[lane]);
    for (var step = 1u; step < 256u; step <<= 1u) {
      workgroupBarrier();
      let more = select(0u, sums[min(lane + step, 255u)], lane + step < 256u);
      workgroupBarrier();
      sums[lane] += more;
    }
    workgroupBarrier();
    let above = select(0u, sums[min(lane + 1u, 255u)], lane < 255u);
    if (sums[lane] >= before.y && above < before.y) {
      chosen = vec2<u32>((before.x << 8u) | lane, before.y - above);
    }
    workgroupBarrier();
  }
  if (lane == 0u) {
    let head = (p.firstQuery + j) * 8u;
    heads[head] = 0u;
    heads[head + 1u] = select(chosen.x, 0u, sums[0] == 0u);
    heads[head + 2u] = bitcast<u32>(parts[0].x);
    heads[head + 3u] = bitcast<u32>(parts[0].y);
    heads[head + 4u] = bitcast<u32>(parts[0].z);
  }
}
`;
