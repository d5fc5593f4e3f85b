import { describe, expect, test } from "vitest";
import { createPickle, type Pickle } from "../testing/pickle-writer.ts";
import { unpickle } from "./unpickle.ts";

const FILE = "pytorch_model.bin";
const read = (pickle: Pickle) => unpickle(FILE, pickle.stop());
const refusal = (code: string, text: string | RegExp) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(text),
    details: expect.objectContaining({ file: FILE }),
  });
const bytesOf = (text: string) => [...new TextEncoder().encode(text)];

test("numbers, text and containers", () => {
  const pickle = createPickle().emptyDict().mark();
  pickle
    .text("ü")
    .ints([1, -2, 65_536, 2 ** 40])
    .text("b")
    .boolean(true)
    .text("c")
    .raw(0x4e);
  pickle.text("d").raw(0x47, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0).text("e").raw(0x8a, 2, 0x00, 0xff);
  pickle.text("f").raw(0x5d, 0x28).int(7).int(8).raw(0x65).setItems();
  const value = read(pickle);
  expect(value).toEqual({
    kind: "dict",
    entries: new Map<string, unknown>([
      ["ü", { kind: "tuple", items: [1, -2, 65_536, 2 ** 40] }],
      ["b", true],
      ["c", null],
      ["d", 1.5],
      ["e", -256],
      ["f", { kind: "list", items: [7, 8] }],
    ]),
  });
});

test("what was remembered is the same value, not a copy", () => {
  const value = read(createPickle().emptyDict().raw(0x71, 0).raw(0x68, 0).raw(0x68, 0).raw(0x87));
  expect(value).toMatchObject({ kind: "tuple" });
  const { items } = value as unknown as { items: readonly unknown[] };
  expect(items[0]).toBe(items[2]);
});

describe("names outside the closed list", () => {
  test.each([
    ["os", "system"],
    ["posix", "system"],
    ["builtins", "eval"],
    ["torch", "load"],
    ["torch.FloatStorage", "__class__"],
    ["collections", "OrderedDict.__init__"],
    ["torch._utils", "_rebuild_sparse_tensor"],
    ["constructor", "constructor"],
  ])("%s.%s is refused by name and never called", (module, name) => {
    const called = createPickle().global(module, name).mark().text("rm -rf /").tuple().reduce();
    expect(() => read(called)).toThrow(refusal("model/unsupported", `${module}.${name}`));
    const stacked = createPickle().text(module).text(name).raw(0x93).emptyTuple().reduce();
    expect(() => read(stacked)).toThrow(refusal("model/unsupported", `${module}.${name}`));
    const unused = createPickle().global(module, name);
    expect(() => read(unused)).toThrow(refusal("model/unsupported", `${module}.${name}`));
  });

  test("a module of ten thousand letters does not fill the message", () => {
    const pickle = createPickle().text("x".repeat(10_000)).text("y").raw(0x93);
    expect(() => read(pickle)).toThrow(refusal("model/unsupported", /^.{1,400}$/));
  });
});

describe("what builds anything but tensors is refused", () => {
  const tensor = "torch._utils._rebuild_tensor_v2";
  const rebuild = () => createPickle().global("torch._utils", "_rebuild_tensor_v2").mark();
  test.each<[string, Pickle, RegExp]>([
    [
      "a storage called",
      createPickle().global("torch", "FloatStorage").emptyTuple().reduce(),
      /does not take/,
    ],
    ["text called", createPickle().text("os.system").emptyTuple().reduce(), /cannot be called/],
    [
      "arguments that are no tuple",
      createPickle().global("collections", "OrderedDict").emptyDict().reduce(),
      /cannot be called/,
    ],
    [
      "an OrderedDict of arguments",
      createPickle().global("collections", "OrderedDict").ints([1]).reduce(),
      /does not take/,
    ],
    ["a tensor of nothing", rebuild().tuple().reduce(), new RegExp(tensor)],
    [
      "a tensor of text",
      rebuild().text("storage").int(0).ints([1]).ints([1]).boolean(false).emptyDict().tuple().reduce(),
      new RegExp(tensor),
    ],
    ["a state for a tuple", createPickle().emptyTuple().emptyDict().build(), /no dictionary/],
    ["NEWOBJ", createPickle().global("collections", "OrderedDict").emptyTuple().raw(0x81), /opcode 129/],
    ["INST", createPickle().raw(0x28, 0x69, ...bytesOf("os\nsystem\n")), /opcode 105/],
    ["OBJ", createPickle().raw(0x28, 0x6f), /opcode 111/],
    ["EXT1", createPickle().raw(0x82, 1), /opcode 130/],
    ["PERSID", createPickle().raw(0x50, ...bytesOf("0\n")), /opcode 80/],
    ["a persistent id that is text", createPickle().text("0").persistentId(), /no storage/],
    [
      "a persistent id of another kind",
      createPickle()
        .mark()
        .text("module")
        .global("torch", "FloatStorage")
        .text("0")
        .text("cpu")
        .int(1)
        .tuple()
        .persistentId(),
      /no storage/,
    ],
    [
      "a storage of a negative size",
      createPickle()
        .mark()
        .text("storage")
        .global("torch", "FloatStorage")
        .text("0")
        .text("cpu")
        .int(-1)
        .tuple()
        .persistentId(),
      /no storage/,
    ],
    [
      "a storage of a size beyond numbers",
      createPickle()
        .mark()
        .text("storage")
        .global("torch", "FloatStorage")
        .text("0")
        .text("cpu")
        .raw(0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1)
        .tuple()
        .persistentId(),
      /no storage/,
    ],
  ])("%s", (_, pickle, reason) => expect(() => read(pickle)).toThrow(refusal("model/corrupt", reason)));
});

describe("what is out of order is refused", () => {
  test.each<[string, Pickle, RegExp]>([
    ["nothing", createPickle(), /more than it has/],
    ["two values", createPickle().int(1).int(2), /more than one value/],
    ["an open mark", createPickle().int(1).mark().int(2), /more than one value/],
    ["a tuple without a mark", createPickle().int(1).tuple(), /more than it has/],
    ["a take across a mark", createPickle().int(1).int(2).mark().raw(0x86), /more than it has/],
    ["a key without a value", createPickle().emptyDict().mark().int(1).setItems(), /without a value/],
    ["items for a number", createPickle().int(1).mark().int(1).raw(0x65), /no list/],
    ["a memory of nothing", createPickle().raw(0x68, 3), /did not remember/],
    ["text longer than the pickle", createPickle().raw(0x58, 0xff, 0xff, 0xff, 0x7f), /ends too early/],
    ["text of 2^63 bytes", createPickle().raw(0x8d, 0, 0, 0, 0, 0, 0, 0, 0x80), /ends too early/],
    ["text that is no UTF-8", createPickle().raw(0x8c, 1, 0xff), /no UTF-8/],
    ["a name without an end", createPickle().raw(0x63, 0x6f, 0x73), /ends too early/],
    ["a number of 255 bytes", createPickle().raw(0x8a, 255, ...Array<number>(255).fill(1)), /too large/],
    ["a number of a negative length", createPickle().raw(0x8b, 0xff, 0xff, 0xff, 0xff), /too large/],
    ["protocol 5", createPickle().raw(0x80, 5).int(1), /protocol 5/],
    ["protocol 0", createPickle().raw(0x80, 0).int(1), /protocol 0/],
  ])("%s", (_, pickle, reason) => expect(() => read(pickle)).toThrow(refusal("model/corrupt", reason)));

  test("a pickle without an end", () => {
    const bytes = createPickle().int(1).stop().slice(0, -1);
    expect(() => unpickle(FILE, bytes)).toThrow(refusal("model/corrupt", /ends too early/));
  });
});

describe("a small pickle cannot become large", () => {
  const repeated = (count: number, ...bytes: number[]) => {
    const all = new Uint8Array(count * bytes.length + 1);
    for (let i = 0; i < count; i++) all.set(bytes, i * bytes.length);
    all[all.length - 1] = 0x2e;
    return all;
  };
  test.each([
    ["marks", repeated(2 ** 20, 0x28), /nests too deep/],
    ["numbers", repeated(2 ** 20, 0x4e), /nests too deep/],
    ["dictionaries taken by tuples", repeated(2 ** 20, 0x7d, 0x85), /nests too deep|too many values/],
    ["tuples in tuples", repeated(2 ** 20, 0x29, 0x86), /more than it has|too many values/],
    ["a memo", Uint8Array.from([0x4e, ...repeated(2 ** 18, 0x94)]), /too many values/],
    [
      "a value nested in itself by the million",
      Uint8Array.from([0x29, ...repeated(2 ** 20, 0x85)]),
      /too many values/,
    ],
  ])("%s", (_, bytes, reason) =>
    expect(() => unpickle(FILE, bytes)).toThrow(refusal("model/corrupt", reason)),
  );
});
