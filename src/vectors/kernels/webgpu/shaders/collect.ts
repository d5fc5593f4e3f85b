/**
 * Names every row whose upper bound reaches the query's bar, as many as there is room for, and counts them all. One
 * lane a row, one row of workgroups a query.
 *
 * Bindings: 0 params · 1 bounds f32[j, padded, 2] · 2 heads u32[q, 8] · 3 found u32[q, room, 4] (layout.ts).
 */
export const COLLECT_SHADER = /* wgsl */ `
struct Params { rows: u32, padded: u32, firstQuery: u32, firstRow: u32, room: u32 }
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> bounds: array<vec2<f32>>;
@group(0) @binding(2) var<storage, read_write> heads: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> found: array<vec4<u32>>;

fn valueOf(key: u32) -> f32 {
  return bitcast<f32>(select(~key, key & 0x7fffffffu, (key & 0x80000000u) != 0u));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= p.rows) { return; }
  let bound = bounds[id.y * p.padded + id.x];
  if (bound.y < bound.x) { return; }
  let query = p.firstQuery + id.y;
  let bar = atomicLoad(&heads[query * 8u + 1u]);
  if (bar != 0u && bound.y < valueOf(bar)) { return; }
  let at = atomicAdd(&heads[query * 8u], 1u);
  if (at >= p.room) { return; }
  found[query * p.room + at] = vec4<u32>(p.firstRow + id.x, bitcast<u32>(bound.x), bitcast<u32>(bound.y), 0u);
}
`;
