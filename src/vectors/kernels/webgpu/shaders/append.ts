/**
 * Writes f16 rows as 8-bit codes with a scale a row; one lane a row.
 *
 * Half precision is widened by whole numbers: a GPU may take its smallest values for 0 otherwise, and bounds would not
 * hold. Norms are rounded up by more than float32 sums of their squares can be off.
 *
 * Bindings: 0 { dim, wide, firstRow, count } · 1 input, two f16 a word · 2 records (layout.ts).
 */
export const APPEND_SHADER = /* wgsl */ `
struct Params { dim: u32, wide: u32, firstRow: u32, count: u32 }
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> input: array<u32>;
@group(0) @binding(2) var<storage, read_write> records: array<vec4<u32>>;

fn valueAt(row: u32, i: u32) -> f32 {
  if (i >= p.dim) { return 0.0; }
  let at = row * p.dim + i;
  let half = (input[at >> 1u] >> ((at & 1u) * 16u)) & 0xffffu;
  let normal = bitcast<f32>(((half & 0x7fffu) << 13u) + 0x38000000u);
  let small = f32(half & 0x3ffu) * 5.9604644775390625e-8;
  let size = select(normal, small, (half & 0x7c00u) == 0u);
  return select(size, -size, (half & 0x8000u) != 0u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= p.count) { return; }
  var most = 0.0;
  for (var i = 0u; i < p.dim; i++) { most = max(most, abs(valueAt(id.x, i))); }
  let scale = most / 127.0;
  let inverse = select(0.0, 127.0 / most, most > 0.0);
  let row = p.firstRow + id.x;
  let first = (row >> 6u) * 64u * (p.wide + 1u) + (row & 63u);
  var residual = 0.0;
  var squares = 0.0;
  for (var w = 0u; w < p.wide; w++) {
    var codes = vec4<u32>();
    for (var part = 0u; part < 4u; part++) {
      var word = 0u;
      for (var b = 0u; b < 4u; b++) {
        let value = valueAt(id.x, w * 16u + part * 4u + b);
        let code = clamp(round(value * inverse), -127.0, 127.0);
        let coded = code * scale;
        let left = value - coded;
        residual += left * left;
        squares += coded * coded;
        word |= (u32(i32(code)) & 0xffu) << (b * 8u);
      }
      codes[part] = word;
    }
    records[first + w * 64u] = codes;
  }
  let up = 1.0001 + f32(p.dim) * 1.2e-7;
  let tail = vec4<f32>(scale, sqrt(residual) * up, sqrt(squares) * up, 0.0);
  records[first + p.wide * 64u] = bitcast<vec4<u32>>(tail);
}
`;
