import { SextantError } from "../../contract/index.ts";

export function checkDim(dim: number): void {
  if (!Number.isInteger(dim) || dim < 1)
    throw new SextantError("vectors/shape", `A vector cannot have ${dim} dimensions; give a whole number.`, {
      dim,
    });
}

/** How many vectors f16 `bits` hold. */
export function checkBits(bits: Uint16Array, dim: number): number {
  return checkLength(bits.length, dim);
}

/** How many vectors `values` hold, all of them finite. */
export function checkVectors(values: Float32Array, dim: number): number {
  checkFinite(
    values.every((value) => Number.isFinite(value)),
    dim,
  );
  return checkLength(values.length, dim);
}

export function checkFinite(isFinite: boolean, dim: number): void {
  if (!isFinite)
    throw new SextantError("vectors/nan", "A vector holds NaN or infinity; embed its text again.", { dim });
}

function checkLength(length: number, dim: number): number {
  if (length % dim !== 0)
    throw new SextantError(
      "vectors/shape",
      `${length} values are not a whole number of ${dim}-dimensional vectors; use one model for all.`,
      { length, dim },
    );
  return length / dim;
}

export function checkQuery(query: Float32Array, dim: number): void {
  if (checkVectors(query, dim) !== 1)
    throw new SextantError("vectors/shape", `Give one query of ${dim} values, not ${query.length}.`, { dim });
}

export function checkK(k: number): void {
  if (!Number.isInteger(k) || k < 0)
    throw new SextantError("vectors/shape", `Cannot return ${k} rows; give a whole number.`, { k });
}

export function checkRow(row: number, rows: number): void {
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    throw new SextantError(
      "vectors/shape",
      `There is no row ${row} among ${rows}; name a row that was appended.`,
      {
        row,
        rows,
      },
    );
}
