/**
 * Copies named rows of one block behind the rows of another; one lane a row.
 *
 * Bindings: 0 { wide, firstRow, count } · 1 records from · 2 records to · 3 rows u32[count].
 */
export const COPY_SHADER = /* wgsl */ `
struct Params { wide: u32, firstRow: u32, count: u32, unused: u32 }
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> origin: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> records: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> named: array<u32>;

fn firstOf(row: u32) -> u32 { return (row >> 6u) * 64u * (p.wide + 1u) + (row & 63u); }

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= p.count) { return; }
  let before = firstOf(named[id.x]);
  let after = firstOf(p.firstRow + id.x);
  for (var w = 0u; w <= p.wide; w++) { records[after + w * 64u] = origin[before + w * 64u]; }
}
`;
