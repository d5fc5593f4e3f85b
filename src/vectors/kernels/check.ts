import { SextantError } from "../../contract/index.ts";

export function checkDim(dim: number): void {
  if (!Number.isInteger(dim) || dim < 1)
    throw new SextantError("vectors/shape", `A vector cannot have ${dim} dimensions; give a whole number.`, {
      dim,
    });
}

/** How many vectors `values` holds, all of them finite. */
export function checkVectors(values: Float32Array, dim: number): number {
  if (values.length % dim !== 0)
    throw new SextantError(
      "vectors/shape",
      `${values.length} values are not a whole number of ${dim}-dimensional vectors; use one model for all.`,
      { length: values.length, dim },
    );
  for (const value of values)
    if (!Number.isFinite(value))
      throw new SextantError("vectors/nan", "A vector holds NaN or infinity; embed its text again.", { dim });
  return values.length / dim;
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
