/**
 * Adam over the rows of a table, for gradients that touch few rows at a time: a row's moments rest while it is not
 * touched, and each row counts its own steps.
 *
 * Source: Kingma & Ba, arXiv 1412.6980, algorithm 1; one second moment a row (its mean square) instead of one a value,
 * as in Adafactor's row statistics: a third less memory.
 */
export interface RowScales {
  /** Counts a step of a row whose gradient has this sum of squares: what its new moment is multiplied with. */
  next(row: number, square: number): number;
}

export const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

export function createRowScales(rows: number, dim: number): RowScales {
  const squares = new Float32Array(rows);
  const steps = new Uint32Array(rows);
  return {
    next(row, square) {
      const step = (steps[row] = (steps[row] ?? 0) + 1);
      const mean = (squares[row] = BETA2 * (squares[row] ?? 0) + ((1 - BETA2) * square) / dim);
      return 1 / (1 - BETA1 ** step) / (Math.sqrt(mean / (1 - BETA2 ** step)) + EPSILON);
    },
  };
}

export interface RowAdam {
  update(parameters: Float32Array, row: number, gradient: Float32Array, rate: number): void;
}

export function createRowAdam(rows: number, dim: number): RowAdam {
  const moments = new Float32Array(rows * dim);
  const scales = createRowScales(rows, dim);
  return {
    update(parameters, row, gradient, rate) {
      let square = 0;
      for (let k = 0; k < dim; k++) square += (gradient[k] ?? 0) ** 2;
      const scale = rate * scales.next(row, square);
      for (let k = 0, at = row * dim; k < dim; k++, at++) {
        const moment = (moments[at] = BETA1 * (moments[at] ?? 0) + (1 - BETA1) * (gradient[k] ?? 0));
        parameters[at] = (parameters[at] ?? 0) - scale * moment;
      }
    },
  };
}
