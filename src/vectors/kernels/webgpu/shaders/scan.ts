/** What a device runs: every combination is right, the first of each is quicker where it exists. */
export interface ShaderVariant {
  /** 8-bit dot products as one instruction, or in plain arithmetic. */
  readonly packed: boolean;
  /** Lanes of a group compare their scores among themselves, or through workgroup memory. */
  readonly subgroups: boolean;
}

const DOT_PLAIN = `
fn bytesOf(word: u32) -> vec4<i32> {
  return (vec4<i32>(bitcast<i32>(word)) << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u);
}
fn dot4(a: u32, b: u32) -> i32 { return dot(bytesOf(a), bytesOf(b)); }`;

const DOT_PACKED = `
fn dot4(a: u32, b: u32) -> i32 { return dot4I8Packed(a, b); }`;

const REDUCE_TREE = `
  for (var step = 32u; step > 0u; step >>= 1u) {
    workgroupBarrier();
    if (lane < step) {
      for (var j = 0u; j < QUERIES; j++) {
        parts[j * 64u + lane] = join(parts[j * 64u + lane], parts[j * 64u + lane + step]);
      }
    }
  }
  workgroupBarrier();`;

/** A subgroup that is not a run of neighbours loses its part: bars get lower, which costs candidates and no answer. */
const REDUCE_SUBGROUPS = `
  for (var j = 0u; j < QUERIES; j++) {
    let part = parts[j * 64u + lane];
    let sums = subgroupAdd(part.yzw);
    parts[j * 64u + lane] = vec4<f32>(subgroupMax(part.x), sums);
  }
  workgroupBarrier();
  if (lane == 0u) {
    for (var j = 0u; j < QUERIES; j++) {
      for (var at = size; at < 64u; at += size) { parts[j * 64u] = join(parts[j * 64u], parts[j * 64u + at]); }
    }
  }
  workgroupBarrier();`;

const perQuery = (queries: number, line: (j: number) => string): string =>
  Array.from({ length: queries }, (_, j) => line(j)).join("\n");

/**
 * Bounds every row's inner product with each query; one lane a row, one workgroup a group of 64. Of each group it keeps
 * the best lower bound, which one row is known to reach, and moments of the scores; lower bounds of single rows where
 * `byRow` asks for them.
 *
 * |x·q - x'·q'| <= |x - x'| |q| + |x'| |q - q'|, by Cauchy and Schwarz; x' and q' are what the codes stand for, and
 * numbers y and z of a query (query-planes.ts) hold |q| and the rest with what float32 may be off.
 *
 * Bindings: 0 params · 1 records (layout.ts) · 2 queries vec4<u32>[q, wide, plane] · 3 numbers f32[q, 4] · 4 mask, one
 * bit a row · 5 bounds f32[j, padded, 2], upper below lower where the row is out · 6 tops u32[j, slots], ordered as the
 * floats are, 0 for none · 7 moments f32[j, groups, 4]: count, mean, squares.
 */
export const scanShader = ({ packed, subgroups }: ShaderVariant, queries: number): string => /* wgsl */ `
${subgroups ? "enable subgroups;" : ""}
${packed ? "requires packed_4x8_integer_dot_product;" : ""}
struct Params {
  rows: u32, padded: u32, wide: u32, masked: u32, firstQuery: u32, firstGroup: u32, groups: u32, firstSlot: u32,
  slots: u32, byRow: u32,
}
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> records: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> queries: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> numbers: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> mask: array<u32>;
@group(0) @binding(5) var<storage, read_write> bounds: array<vec2<f32>>;
@group(0) @binding(6) var<storage, read_write> tops: array<u32>;
@group(0) @binding(7) var<storage, read_write> moments: array<vec4<f32>>;

const QUERIES = ${queries}u;
const LOWEST = -3.4e38f;
const LEAST = 1e-30f;

var<workgroup> parts: array<vec4<f32>, ${queries * 64}>;
var<workgroup> shifts: array<f32, ${queries}>;
${packed ? DOT_PACKED : DOT_PLAIN}
fn dot16(a: vec4<u32>, b: vec4<u32>) -> i32 {
  return dot4(a.x, b.x) + dot4(a.y, b.y) + dot4(a.z, b.z) + dot4(a.w, b.w);
}

fn keyOf(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return select(bits | 0x80000000u, ~bits, (bits & 0x80000000u) != 0u);
}

fn join(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> { return vec4<f32>(max(a.x, b.x), a.yzw + b.yzw); }

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,${subgroups ? "\n  @builtin(subgroup_size) size: u32," : ""}
) {
  let row = group.x * 64u + lane;
  let first = group.x * 64u * (p.wide + 1u) + lane;
  ${perQuery(queries, (j) => `var high${j} = 0; var low${j} = 0;`)}
  for (var w = 0u; w < p.wide; w++) {
    let codes = records[first + w * 64u];
    ${perQuery(
      queries,
      (j) => `let q${j} = ((p.firstQuery + ${j}u) * p.wide + w) * 2u;
    high${j} += dot16(codes, queries[q${j}]); low${j} += dot16(codes, queries[q${j} + 1u]);`,
    )}
  }
  let tail = bitcast<vec4<f32>>(records[first + p.wide * 64u]);
  var isIn = row < p.rows;
  if (p.masked != 0u && isIn) { isIn = ((mask[row >> 5u] >> (row & 31u)) & 1u) != 0u; }
  let high = array<i32, QUERIES>(${perQuery(queries, (j) => `high${j},`)});
  let low = array<i32, QUERIES>(${perQuery(queries, (j) => `low${j},`)});
  var scores: array<f32, QUERIES>;
  for (var j = 0u; j < QUERIES; j++) {
    let query = numbers[p.firstQuery + j];
    let score = (f32(high[j]) * 128.0 + f32(low[j])) * (tail.x * query.x);
    let error = tail.y * query.y + tail.z * query.z + LEAST;
    scores[j] = score;
    bounds[j * p.padded + row] = select(vec2<f32>(1.0, -1.0), vec2<f32>(score - error, score + error), isIn);
    if (p.byRow != 0u) { tops[j * p.slots + p.firstSlot + row] = select(0u, keyOf(score - error), isIn); }
    parts[j * 64u + lane].x = select(LOWEST, score - error, isIn);
    if (lane == 0u) { shifts[j] = score; }
  }
  workgroupBarrier();
  for (var j = 0u; j < QUERIES; j++) {
    let away = scores[j] - shifts[j];
    let top = parts[j * 64u + lane].x;
    parts[j * 64u + lane] = vec4<f32>(top, select(vec3<f32>(), vec3<f32>(1.0, away, away * away), isIn));
  }
${subgroups ? REDUCE_SUBGROUPS : REDUCE_TREE}
  if (lane < QUERIES) {
    let part = parts[lane * 64u];
    if (p.byRow == 0u) { tops[lane * p.slots + p.firstSlot + group.x] = select(0u, keyOf(part.x), part.y > 0.0); }
    let mean = part.z / max(part.y, 1.0);
    let squares = max(0.0, part.w - part.y * mean * mean);
    moments[lane * p.groups + p.firstGroup + group.x] = vec4<f32>(part.y, shifts[lane] + mean, squares, 0.0);
  }
}
`;
