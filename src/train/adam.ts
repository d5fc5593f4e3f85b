/**
 * Adam over the rows of a table, for gradients that touch few rows at a time: a row's moments rest while it is not
 * touched, and each row counts its own steps.
 *
 * Source: Kingma & Ba, arXiv 1412.6980, algorithm 1; one second moment a row (its mean square) instead of one a value,
 * as in Adafactor's row statistics: a third less memory.
 */
export interface RowAdam {
  readonly moments: Float32Array;
  readonly squares: Float32Array;
  readonly steps: Uint32Array;
  update(parameters: Float32Array, row: number, gradient: Float32Array, rate: number): void;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

export function createRowAdam(
  rows: number,
  dim: number,
  before?: Pick<RowAdam, "moments" | "squares" | "steps">,
): RowAdam {
  const moments = before ? before.moments.slice() : new Float32Array(rows * dim);
  const squares = before ? before.squares.slice() : new Float32Array(rows);
  const steps = before ? before.steps.slice() : new Uint32Array(rows);
  return {
    moments,
    squares,
    steps,
    update(parameters, row, gradient, rate) {
      const step = (steps[row] = (steps[row] ?? 0) + 1);
      let square = 0;
      for (const value of gradient) square += value * value;
      square = squares[row] = BETA2 * (squares[row] ?? 0) + ((1 - BETA2) * square) / dim;
      const scale = rate / (1 - BETA1 ** step) / (Math.sqrt(square / (1 - BETA2 ** step)) + EPSILON);
      for (let k = 0, at = row * dim; k < dim; k++, at++) {
        const moment = (moments[at] = BETA1 * (moments[at] ?? 0) + (1 - BETA1) * (gradient[k] ?? 0));
        parameters[at] = (parameters[at] ?? 0) - scale * moment;
      }
    },
  };
}
