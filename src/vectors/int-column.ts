/** Whole numbers by row, four bytes each, that only grow. */
export interface IntColumn {
  /** Those so far and unused places behind them. Numbers once in it never change, so one may keep it. */
  readonly values: Int32Array;
  readonly length: number;
  push(value: number): void;
}

export function createIntColumn(from: Int32Array = new Int32Array(0)): IntColumn {
  let values = from;
  let length = from.length;
  return {
    get values() {
      return values;
    },
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const longer = new Int32Array(Math.max(256, length * 2));
        longer.set(values);
        values = longer;
      }
      values[length++] = value;
    },
  };
}
