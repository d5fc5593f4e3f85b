import type { ElementTypeName } from "../element-types.ts";

/** A tensor's storage: an entry of the checkpoint, by its key. */
export interface Storage {
  readonly kind: "storage";
  readonly dtype: ElementTypeName;
  readonly key: string;
  readonly count: number;
}

/** A view of a storage; offset and strides count elements. */
export interface Tensor {
  readonly kind: "tensor";
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** A name from the closed list, never the thing that Python would find under it. */
export interface Global {
  readonly kind: "global";
  readonly name: string;
}

export interface Tuple {
  readonly kind: "tuple";
  readonly items: readonly PickleValue[];
}

export interface List {
  readonly kind: "list";
  readonly items: PickleValue[];
}

export interface Dict {
  readonly kind: "dict";
  readonly entries: Map<PickleValue, PickleValue>;
}

/** Everything that a pickle can become here. */
export type PickleValue = null | boolean | number | string | Tuple | List | Dict | Global | Storage | Tensor;

export type PickleKind = Exclude<PickleValue, null | boolean | number | string>["kind"];

export function isKind<K extends PickleKind>(
  value: PickleValue | undefined,
  kind: K,
): value is Extract<PickleValue, { readonly kind: K }> {
  return typeof value === "object" && value !== null && value.kind === kind;
}
