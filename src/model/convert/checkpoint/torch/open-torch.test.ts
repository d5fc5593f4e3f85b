import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openCheckpoint } from "../open-checkpoint.ts";
import { createCountedFolder } from "../testing/counted-folder.ts";
import { createMemorySink } from "../testing/memory-sink.ts";
import { createPickle, type Pickle } from "../testing/pickle-writer.ts";
import { createZipWriter } from "../testing/zip-writer.ts";

const GOLDEN = new URL("../golden/", import.meta.url);
const golden = (name: string) => new Uint8Array(readFileSync(new URL(name, GOLDEN)));
const expected = JSON.parse(readFileSync(new URL("expected.json", GOLDEN), "utf8")) as Record<
  string,
  { name: string; dtype: string; shape: number[]; values: number[] }[]
>;
const open = (bytes: Uint8Array<ArrayBuffer>) =>
  openCheckpoint(createCountedFolder({ "pytorch_model.bin": bytes }));
const refusal = (code: string, text: string | RegExp) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(text),
    details: expect.objectContaining({ file: "pytorch_model.bin" }),
  });

describe("checkpoints that torch made", () => {
  test.each(Object.entries(expected))("%s: every tensor, in order, to the bit", async (name, tensors) => {
    const checkpoint = await open(golden(`${name}.bin`));
    expect([...checkpoint.tensors.keys()]).toEqual(tensors.map((tensor) => tensor.name));
    for (const { name: tensor, dtype, shape, values } of tensors) {
      expect(checkpoint.tensors.get(tensor)).toMatchObject({ dtype, shape });
      expect(await checkpoint.readFloat(tensor)).toEqual(Float32Array.from(values));
      for (let from = 0; from + 1 < (shape[0] ?? 0); from++) {
        const row = values.length / shape[0]!;
        expect(await checkpoint.readFloat(tensor, { from, to: from + 2 })).toEqual(
          Float32Array.from(values.slice(from * row, (from + 2) * row)),
        );
      }
    }
  });

  test("the format before torch 1.6 is refused with a sentence that says so", async () => {
    await expect(open(golden("legacy.bin"))).rejects.toThrow(refusal("model/unsupported", "older than 1.6"));
  });

  test("an object that asks for os.system is refused by that name", async () => {
    await expect(open(golden("system.bin"))).rejects.toThrow(refusal("model/unsupported", "posix.system"));
  });
});

const FLOATS = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer);

async function archive(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array<ArrayBuffer>> {
  const sink = createMemorySink();
  const zip = createZipWriter(sink);
  for (const [name, bytes] of Object.entries(files)) await zip.add(name, bytes);
  await zip.close();
  return sink.bytes();
}

interface View {
  readonly storage?: string;
  readonly type?: string;
  readonly count?: number;
  readonly offset?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
}

function tensor(pickle: Pickle, view: View): Pickle {
  const {
    storage = "0",
    type = "FloatStorage",
    count = 6,
    offset = 0,
    shape = [2, 3],
    strides = [3, 1],
  } = view;
  pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
  pickle
    .mark()
    .text("storage")
    .global("torch", type)
    .text(storage)
    .text("cpu")
    .int(count)
    .tuple()
    .persistentId();
  pickle.int(offset).ints(shape).ints(strides).boolean(false).emptyDict();
  return pickle.tuple().reduce();
}

const checkpointOf = (view: View) =>
  archive({
    "a/data.pkl": tensor(createPickle().emptyDict().mark().text("w"), view).setItems().stop(),
    "a/data/0": FLOATS,
  });

describe("views", () => {
  test.each<[string, View, number[]]>([
    ["a whole storage", {}, [1, 2, 3, 4, 5, 6]],
    ["a part of one", { offset: 2, shape: [3], strides: [1] }, [3, 4, 5]],
    ["a transposed one", { shape: [3, 2], strides: [1, 3] }, [1, 4, 2, 5, 3, 6]],
    ["a repeated row", { shape: [2, 3], strides: [0, 1] }, [1, 2, 3, 1, 2, 3]],
  ])("%s", async (_, view, values) => {
    const checkpoint = await open(await checkpointOf(view));
    expect(await checkpoint.readFloat("w")).toEqual(Float32Array.from(values));
  });

  test.each<[string, View, string, RegExp]>([
    ["beyond the storage", { offset: 1 }, "model/corrupt", /beyond its storage/],
    ["strides beyond it", { strides: [4, 1] }, "model/corrupt", /beyond its storage/],
    [
      "a small storage repeated without end",
      { shape: [2 ** 40], strides: [0] },
      "model/corrupt",
      /beyond its storage/,
    ],
    [
      "sizes beyond numbers",
      { shape: Array<number>(9).fill(2 ** 50), strides: Array<number>(9).fill(0) },
      "model/corrupt",
      /beyond/,
    ],
    ["fewer strides than sizes", { strides: [1] }, "model/corrupt", /does not take/],
    ["negative strides", { offset: 5, strides: [-3, -1] }, "model/corrupt", /does not take/],
    ["a storage that is not there", { storage: "1" }, "model/corrupt", /missing/],
    ["a storage outside the folder", { storage: "../data.pkl" }, "model/corrupt", /missing/],
    [
      "another element type than the storage has bytes for",
      { type: "DoubleStorage" },
      "model/corrupt",
      /does not hold 6/,
    ],
    ["a storage that claims more", { count: 2 ** 50 }, "model/corrupt", /does not hold/],
    ["a storage type that is not read", { type: "QInt8Storage" }, "model/unsupported", /torch\.QInt8Storage/],
  ])("%s is refused", async (_, view, code, reason) => {
    await expect(open(await checkpointOf(view))).rejects.toThrow(refusal(code, reason));
  });

  test("a few elements out of a large tensor are not read through all of it", async () => {
    const storage = new Uint8Array(4 * 1000);
    const pickle = tensor(createPickle().emptyDict().mark().text("w"), {
      count: 1000,
      shape: [2],
      strides: [999],
    });
    const bytes = await archive({ "a/data.pkl": pickle.setItems().stop(), "a/data/0": storage });
    await expect(open(bytes)).rejects.toThrow(refusal("model/unsupported", /contiguous/));
  });
});

describe("the archive", () => {
  const pickle = () => tensor(createPickle().emptyDict().mark().text("w"), {}).setItems().stop();

  test("a byte order file is honoured", async () => {
    const files = { "a/data.pkl": pickle(), "a/data/0": FLOATS };
    const order = (text: string) => archive({ ...files, "a/byteorder": new TextEncoder().encode(text) });
    expect((await open(await order("little"))).tensors.size).toBe(1);
    await expect(open(await order("big"))).rejects.toThrow(
      refusal("model/unsupported", `byte order is "big"`),
    );
  });

  test("a compressed entry is refused before anything is unpacked", async () => {
    const bytes = await archive({ "a/data.pkl": pickle(), "a/data/0": FLOATS });
    const directory = new DataView(bytes.buffer);
    const second = bytes.length - 22 - 46 - "a/data/0".length;
    expect(directory.getUint32(second, true)).toBe(0x02014b50);
    directory.setUint16(second + 10, 8, true);
    directory.setUint32(second + 24, 2 ** 32 - 2, true);
    await expect(open(bytes)).rejects.toThrow(
      refusal("model/unsupported", /"a\/data\/0" in it is compressed/),
    );
  });

  test("a directory that claims 2^60 bytes is refused without reading them", async () => {
    const bytes = golden("views.bin");
    const view = new DataView(bytes.buffer);
    const zip64 = bytes.length - 22 - 20 - 56;
    expect(view.getUint32(zip64, true)).toBe(0x06064b50);
    view.setUint32(bytes.length - 22 + 12, 2 ** 32 - 1, true);
    view.setUint32(bytes.length - 22 + 16, 2 ** 32 - 1, true);
    view.setBigUint64(zip64 + 40, 2n ** 60n, true);
    const folder = createCountedFolder({ "pytorch_model.bin": bytes });
    await expect(openCheckpoint(folder)).rejects.toThrow(refusal("model/corrupt", /zip|directory/));
    expect(folder.reads.bytes).toBeLessThan(4 * bytes.length);
  });

  test.each<[string, Record<string, Uint8Array>, RegExp]>([
    ["no pickle", { "a/data/0": FLOATS }, /no PyTorch checkpoint/],
    ["two pickles", { "a/data.pkl": pickle(), "b/data.pkl": pickle() }, /no PyTorch checkpoint/],
    ["a pickle of 8 MiB and more", { "a/data.pkl": new Uint8Array(2 ** 23 + 1) }, /too large/],
    ["a number", { "a/data.pkl": createPickle().int(1).stop() }, /no dictionary/],
    ["no tensors", { "a/data.pkl": createPickle().emptyDict().stop() }, /no tensors/],
    [
      "tensors without names",
      {
        "a/data.pkl": tensor(createPickle().emptyDict().mark().int(1), {}).setItems().stop(),
        "a/data/0": FLOATS,
      },
      /no tensors/,
    ],
  ])("%s is refused", async (_, files, reason) => {
    await expect(open(await archive(files))).rejects.toThrow(refusal("model/corrupt", reason));
  });

  test("two files of one name are refused", async () => {
    const bytes = await archive({ "a/data.pkl": pickle(), "a/data/0": FLOATS, "a/data/1": FLOATS });
    for (let i = 0; i + 8 <= bytes.length; i++) {
      if (new TextDecoder().decode(bytes.subarray(i, i + 8)) === "a/data/1") bytes[i + 7] = 0x30;
    }
    await expect(open(bytes)).rejects.toThrow(refusal("model/corrupt", /twice|zip/));
  });

  test("a damaged weight is found by the archive's checksum", async () => {
    const bytes = await archive({ "a/data.pkl": pickle(), "a/data/0": FLOATS });
    const at = new DataView(bytes.buffer);
    let place = 0;
    while (at.getFloat32(place, true) !== 1 || at.getFloat32(place + 4, true) !== 2) place++;
    at.setFloat32(place, 1.25, true);
    await expect((await open(bytes)).readFloat("w")).rejects.toThrow(
      refusal("model/corrupt", /"a\/data\/0" in it is damaged/),
    );
  });

  test.each(["state_dict", "model_state_dict"])("weights under %s are found", async (key) => {
    const nested = createPickle()
      .emptyDict()
      .mark()
      .text("epoch")
      .int(3)
      .text(key)
      .emptyDict()
      .mark()
      .text("w");
    const bytes = await archive({
      "a/data.pkl": tensor(nested, {}).setItems().setItems().stop(),
      "a/data/0": FLOATS,
    });
    expect([...(await open(bytes)).tensors.keys()]).toEqual(["w"]);
  });
});
