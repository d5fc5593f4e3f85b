import type { ElementTypeName } from "../element-types.ts";
import { isKind, type PickleValue, type Storage, type Tensor } from "./pickle-values.ts";

/** Storage classes and the element type that each stands for. Source: pytorch/torch/storage.py. */
const STORAGE_TYPES: ReadonlyMap<string, ElementTypeName> = new Map([
  ["torch.FloatStorage", "F32"],
  ["torch.HalfStorage", "F16"],
  ["torch.BFloat16Storage", "BF16"],
  ["torch.DoubleStorage", "F64"],
  ["torch.LongStorage", "I64"],
  ["torch.IntStorage", "I32"],
  ["torch.ShortStorage", "I16"],
  ["torch.CharStorage", "I8"],
  ["torch.ByteStorage", "U8"],
  ["torch.BoolStorage", "BOOL"],
]);

/** What a checkpoint may "call", as functions of ours that only put values together; undefined refuses the arguments. */
const MAKERS: ReadonlyMap<string, (args: readonly PickleValue[]) => PickleValue | undefined> = new Map([
  ["collections.OrderedDict", makeDict],
  ["torch._utils._rebuild_tensor_v2", makeTensor],
  ["torch._utils._rebuild_parameter", makeParameter],
]);

/** Whether a pickle may name this; no other name is accepted, whatever is done with it. */
export function isKnownGlobal(name: string): boolean {
  return STORAGE_TYPES.has(name) || MAKERS.has(name);
}

/** What calling a known name gives; undefined when it cannot be called so. */
export function callGlobal(name: string, args: readonly PickleValue[]): PickleValue | undefined {
  return MAKERS.get(name)?.(args);
}

/** The storage that a persistent id names; undefined when it is none. Source: pytorch/torch/serialization.py `persistent_id`. */
export function openPersistentId(id: PickleValue): Storage | undefined {
  if (!isKind(id, "tuple") || id.items.length !== 5) return undefined;
  const [what, type, key, , count] = id.items;
  const dtype = isKind(type, "global") ? STORAGE_TYPES.get(type.name) : undefined;
  if (what !== "storage" || dtype === undefined || typeof key !== "string" || !isSize(count))
    return undefined;
  return { kind: "storage", dtype, key, count };
}

function makeDict(args: readonly PickleValue[]): PickleValue | undefined {
  return args.length === 0 ? { kind: "dict", entries: new Map() } : undefined;
}

/** Source: pytorch/torch/_utils.py `_rebuild_tensor_v2`. */
function makeTensor(args: readonly PickleValue[]): Tensor | undefined {
  const [storage, offset, shape, strides] = args;
  if (args.length < 6 || args.length > 7 || !isKind(storage, "storage") || !isSize(offset)) return undefined;
  if (!isKind(shape, "tuple") || !isKind(strides, "tuple")) return undefined;
  if (!shape.items.every(isSize) || !strides.items.every(isSize)) return undefined;
  if (shape.items.length !== strides.items.length) return undefined;
  return { kind: "tensor", storage, offset, shape: shape.items, strides: strides.items };
}

/** A parameter is read as the tensor that it wraps. */
function makeParameter(args: readonly PickleValue[]): Tensor | undefined {
  return args.length === 3 && isKind(args[0], "tensor") ? args[0] : undefined;
}

function isSize(value: PickleValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
