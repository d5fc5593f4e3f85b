import { isKind, type Dict, type List, type PickleValue } from "./pickle-values.ts";

/** What a pickle builds on; every method throws `RangeError` when the pickle is out of order or out of bounds. */
export interface PickleStack {
  push(value: PickleValue): void;
  /** Pushes a value that holds others; their number is bounded. */
  make(value: PickleValue): void;
  pop(): PickleValue;
  mark(): void;
  /** Everything above the last mark, and the mark. */
  popMark(): readonly PickleValue[];
  topDict(): Dict;
  topList(): List;
  memoize(index?: number): void;
  recall(index: number): void;
  /** The one value left. */
  result(): PickleValue;
}

/** torch writes a thousand pairs at a time; a stack far above that is hostile. */
const MAX_STACK = 100_000;
/** A tensor takes eight. */
const MAX_VALUES = 200_000;

export function createPickleStack(): PickleStack {
  const stack: PickleValue[] = [];
  const marks: number[] = [];
  const memo = new Map<number, PickleValue>();
  let made = 0;

  const takesTooMuch = () => new RangeError("takes more than it has");
  const grow = () => {
    if (stack.length + marks.length >= MAX_STACK) throw new RangeError("nests too deep");
  };
  const top = () => {
    const value = stack.length > (marks.at(-1) ?? 0) ? stack.at(-1) : undefined;
    if (value === undefined) throw takesTooMuch();
    return value;
  };
  const push = (value: PickleValue) => {
    grow();
    stack.push(value);
  };
  return {
    push,
    make(value) {
      if (++made > MAX_VALUES) throw new RangeError("holds too many values");
      push(value);
    },
    pop() {
      const value = top();
      stack.pop();
      return value;
    },
    mark() {
      grow();
      marks.push(stack.length);
    },
    popMark() {
      const mark = marks.pop();
      if (mark === undefined) throw takesTooMuch();
      return stack.splice(mark);
    },
    topDict() {
      const value = top();
      if (!isKind(value, "dict")) throw new RangeError("fills what is no dictionary");
      return value;
    },
    topList() {
      const value = top();
      if (!isKind(value, "list")) throw new RangeError("fills what is no list");
      return value;
    },
    memoize(index = memo.size) {
      memo.set(index, top());
      if (memo.size > MAX_VALUES) throw new RangeError("holds too many values");
    },
    recall(index) {
      const value = memo.get(index);
      if (value === undefined) throw new RangeError("recalls what it did not remember");
      push(value);
    },
    result() {
      const value = top();
      if (stack.length !== 1 || marks.length !== 0) throw new RangeError("leaves more than one value");
      return value;
    },
  };
}
