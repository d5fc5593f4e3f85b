import { corruptFile, unsupportedFile } from "../refusal.ts";
import { OPCODES, type StepName } from "./opcodes.ts";
import { createPickleBytes, type PickleBytes } from "./pickle-bytes.ts";
import { createPickleStack, type PickleStack } from "./pickle-stack.ts";
import { isKind, type PickleValue } from "./pickle-values.ts";
import { callGlobal, isKnownGlobal, openPersistentId } from "./torch-globals.ts";

const MAX_LONG_BYTES = 64;

/**
 * Reads a pickle of protocol 2 to 4 as torch writes it, into plain values and descriptions of tensors. Names are looked
 * up in a closed list and nothing of Python's is ever called; time and memory are bounded by the pickle's length.
 *
 * Throws: `model/unsupported` for any other name (`os.system`), `model/corrupt` for all else that is out of order.
 */
export function unpickle(path: string, pickle: Uint8Array<ArrayBuffer>): PickleValue {
  const bytes = createPickleBytes(pickle);
  const stack = createPickleStack();
  const steps = createSteps(path, bytes, stack);
  try {
    for (let opcode = bytes.byte(); opcode !== OPCODES.STOP; opcode = bytes.byte()) {
      const step = steps.get(opcode);
      if (step === undefined) throw new RangeError(`holds the opcode ${opcode}, which no tensor needs`);
      step();
    }
    return stack.result();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw corruptFile(path, `its pickle ${error.message}`, undefined, error);
  }
}

function createSteps(path: string, bytes: PickleBytes, stack: PickleStack): ReadonlyMap<number, () => void> {
  const { push, make, pop } = stack;
  const tuple = (items: readonly PickleValue[]) => make({ kind: "tuple", items });
  const popped = (count: number) => Array.from({ length: count }, pop).reverse();
  const setItems = (pairs: readonly PickleValue[]) => {
    const { entries } = stack.topDict();
    if (pairs.length % 2 !== 0) throw new RangeError("holds a key without a value");
    for (let i = 0; i < pairs.length; i += 2) entries.set(pairs[i] ?? null, pairs[i + 1] ?? null);
  };
  const append = (items: readonly PickleValue[]) => {
    const list = stack.topList();
    for (const item of items) list.items.push(item);
  };
  const global = (module: PickleValue, member: PickleValue) => {
    if (typeof module !== "string" || typeof member !== "string") {
      throw new RangeError("names what is no text");
    }
    const name = `${module}.${member}`;
    if (!isKnownGlobal(name)) throw foreignGlobal(path, name);
    make({ kind: "global", name });
  };
  const long = (width: number) => {
    if (width < 0 || width > MAX_LONG_BYTES) throw new RangeError("holds a number that is too large");
    push(bytes.long(width));
  };
  const steps: Record<StepName, () => void> = {
    PROTO: () => checkProtocol(bytes.byte()),
    FRAME: () => void bytes.length64(),
    MARK: () => stack.mark(),
    NONE: () => push(null),
    NEWTRUE: () => push(true),
    NEWFALSE: () => push(false),
    BININT: () => push(bytes.int32()),
    BININT1: () => push(bytes.uint(1)),
    BININT2: () => push(bytes.uint(2)),
    LONG1: () => long(bytes.uint(1)),
    LONG4: () => long(bytes.int32()),
    BINFLOAT: () => push(bytes.float64()),
    SHORT_BINUNICODE: () => push(bytes.text(bytes.uint(1))),
    BINUNICODE: () => push(bytes.text(bytes.uint(4))),
    BINUNICODE8: () => push(bytes.text(bytes.length64())),
    EMPTY_TUPLE: () => tuple([]),
    TUPLE1: () => tuple(popped(1)),
    TUPLE2: () => tuple(popped(2)),
    TUPLE3: () => tuple(popped(3)),
    TUPLE: () => tuple(stack.popMark()),
    EMPTY_LIST: () => make({ kind: "list", items: [] }),
    APPEND: () => append(popped(1)),
    APPENDS: () => append(stack.popMark()),
    EMPTY_DICT: () => make({ kind: "dict", entries: new Map() }),
    SETITEM: () => setItems(popped(2)),
    SETITEMS: () => setItems(stack.popMark()),
    BINPUT: () => stack.memoize(bytes.uint(1)),
    LONG_BINPUT: () => stack.memoize(bytes.uint(4)),
    MEMOIZE: () => stack.memoize(),
    BINGET: () => stack.recall(bytes.uint(1)),
    LONG_BINGET: () => stack.recall(bytes.uint(4)),
    GLOBAL: () => global(bytes.line(), bytes.line()),
    STACK_GLOBAL: () => {
      const member = pop();
      global(pop(), member);
    },
    BINPERSID: () => make(storageOf(pop())),
    REDUCE: () => {
      const args = pop();
      make(called(pop(), args));
    },
    // The state of an OrderedDict is `_metadata`, which says nothing about the tensors.
    BUILD: () => {
      pop();
      stack.topDict();
    },
  };
  return new Map(Object.entries(steps).map(([name, step]) => [OPCODES[name as StepName], step]));
}

function checkProtocol(protocol: number): void {
  if (protocol < 2 || protocol > 4) throw new RangeError(`is of protocol ${protocol}`);
}

function storageOf(id: PickleValue): PickleValue {
  const storage = openPersistentId(id);
  if (storage === undefined) throw new RangeError("refers to what is no storage");
  return storage;
}

function called(callee: PickleValue, args: PickleValue): PickleValue {
  if (!isKind(callee, "global") || !isKind(args, "tuple"))
    throw new RangeError("calls what cannot be called");
  const value = callGlobal(callee.name, args.items);
  if (value === undefined) throw new RangeError(`gives ${callee.name} what it does not take`);
  return value;
}

function foreignGlobal(path: string, name: string) {
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  return unsupportedFile(
    path,
    `it asks for \`${shown}\`, which no tensor needs, and nothing but tensors is read from it`,
    "Use the model's safetensors file, or a PyTorch file that holds the weights alone.",
  );
}
