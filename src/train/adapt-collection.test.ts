import { describe, expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { adaptCollection, type AdaptRequest } from "./adapt-collection.ts";
import { adaptVector, formatAdapter, parseAdapter } from "./adapter.ts";
import { createDots } from "./dots.ts";
import type { TokenTable } from "./token-table.ts";

const DIM = 32;

function unitRows(rows: number, rng: () => number): Float32Array {
  const values = Float32Array.from({ length: rows * DIM }, () => rng() + rng() + rng() - 1.5);
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * DIM, (row + 1) * DIM);
    const length = Math.hypot(...own);
    own.forEach((value, k) => (own[k] = value / length));
  }
  return values;
}

/** Each passage speaks of three things of sixty, in three sentences; its vector says which, that of a sentence does not. */
function library(count = 120): AdaptRequest & { readonly topics: readonly (readonly number[])[] } {
  const rng = createRng(3);
  const topicVectors = unitRows(60, rng);
  const topics = Array.from({ length: count }, () => Array.from({ length: 3 }, () => Math.floor(rng() * 60)));
  const vectors = new Float32Array(count * DIM);
  topics.forEach((own, row) => {
    for (const topic of own)
      for (let k = 0; k < DIM; k++) vectors[row * DIM + k]! += topicVectors[topic * DIM + k]! / Math.sqrt(3);
  });
  const passages = topics.map((own, row) => ({
    id: 100 + row,
    title: "",
    text: own.map((topic, i) => `Here thing${topic} stands beside word${row}x${i} again.`).join(" "),
  }));
  const noise = createRng(9);
  return {
    topics,
    passages,
    vectors,
    dim: DIM,
    encode: async (texts) => unitRows(texts.length, noise),
    signal: new AbortController().signal,
    breathe: () => Promise.resolve(),
  };
}

const rankOf = (vectors: Float32Array, query: Float32Array, row: number) => {
  const scores = createDots(vectors, DIM)(query);
  return 1 + scores.filter((score) => score > scores[row]!).length;
};

test("where the full encoder knows nothing, the table wins and finds what was never asked in training", async () => {
  const request = library();
  const { adapter, report } = await adaptCollection(request);
  expect(report).toMatchObject({ winner: "table", why: "better", passages: 120, marks: 0 });
  expect(report.after).toBeGreaterThan(report.before + 0.3);
  const noise = (await request.encode(["?"], request.signal)).slice();
  const [a, b] = request.topics[5]!;
  const ranks = rankOf(
    request.vectors,
    adaptVector({ ...adapter, part: 1 }, `thing${a} or thing${b}?`, noise),
    5,
  );
  expect(ranks).toBeLessThanOrEqual(5);
  expect(adaptVector(adapter, "unheard of", noise)).toBe(noise);
});

test("the same request gives the same adapter, and bytes give it back", async () => {
  const [one, two] = await Promise.all([adaptCollection(library()), adaptCollection(library())]);
  const bytes = await formatAdapter(one.adapter);
  expect(await formatAdapter(two.adapter)).toEqual(bytes);
  const back = parseAdapter(bytes);
  expect([...back!.table.rowByWord]).toEqual([...one.adapter.table.rowByWord]);
  expect(await formatAdapter(back!)).toEqual(bytes);
  expect(parseAdapter(bytes.subarray(0, 100))).toBeNull();
  expect(parseAdapter(Uint8Array.of(1, 2))).toBeNull();
});

test("where the full encoder already answers, it stays", async () => {
  const request = library();
  const byText = new Map(
    request.passages.flatMap(({ text }, row) =>
      text.split(". ").map((part) => [part.replace(/\.?$/, "."), row] as const),
    ),
  );
  const encode = async (texts: readonly string[]) => {
    const out = new Float32Array(texts.length * DIM);
    texts.forEach((text, i) => {
      const row = byText.get(text) ?? 0;
      out.set(request.vectors.subarray(row * DIM, (row + 1) * DIM), i * DIM);
    });
    return out;
  };
  const { adapter, report } = await adaptCollection({ ...request, encode });
  expect(report).toMatchObject({ winner: "full", why: "no-better", part: 0 });
  const full = request.vectors.slice(0, DIM);
  expect(adaptVector(adapter, "thing1 thing2", full)).toBe(full);
});

test("a wrong hit falls and a pinned one rises; of contradicting marks the later counts", async () => {
  const request = library();
  const query = "thing7 and thing8 here";
  const plain = (await adaptCollection(request)).adapter;
  const noise = new Float32Array(DIM).fill(0.1);
  const before = adaptVector({ ...plain, winner: "table", part: 1 }, query, noise);
  const scores = createDots(request.vectors, DIM)(before);
  const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
  const wrong = order[0]!;
  const pinned = order[15]!;
  const mark = (row: number, says: "right" | "wrong" | "pinned") => ({
    query,
    passageId: 100 + row,
    mark: says,
  });
  const marks = [mark(wrong, "wrong"), mark(pinned, "wrong"), mark(pinned, "pinned")];
  const { adapter, report } = await adaptCollection({ ...library(), marks });
  expect(report.marks).toBe(3);
  const after = adaptVector({ ...adapter, winner: "table", part: 1 }, query, noise);
  expect(rankOf(request.vectors, after, pinned)).toBe(1);
  expect(rankOf(request.vectors, after, wrong)).toBeGreaterThan(1);
});

test("the passage that a language model rewards most comes before those that it rewards less", async () => {
  const request = library();
  const query = "thing7 and thing8 here";
  const vectorAfter = async (scored: AdaptRequest["scored"]) => {
    const { adapter } = await adaptCollection({ ...library(), ...(scored && { scored }) });
    return adaptVector({ ...adapter, winner: "table", part: 1 }, query, new Float32Array(DIM).fill(0.1));
  };
  const before = createDots(request.vectors, DIM)(await vectorAfter(undefined));
  const order = Array.from(before.keys()).sort((a, b) => before[b]! - before[a]!);
  // The model says that the 20th would have helped most, and the first least.
  const rewards = [order[0]!, order[10]!, order[19]!].map((row, i) => ({
    passageId: 100 + row,
    reward: 3 * i,
  }));
  const after = createDots(request.vectors, DIM)(await vectorAfter([{ query, rewards }]));
  const [worst, middle, best] = rewards.map(({ passageId }) => after[passageId - 100]!);
  expect(best).toBeGreaterThan(Math.max(middle!, worst!));
});

test("a training that was stopped goes on where it was: the rest of its steps, and as good", async () => {
  const stop = new AbortController();
  const kept: { before: TokenTable; doneSteps: number }[] = [];
  const onStep = async (doneSteps: number, table: () => Promise<TokenTable>) => {
    if (doneSteps !== 20) return;
    kept.push({ doneSteps, before: await table() });
    stop.abort();
  };
  await expect(adaptCollection({ ...library(), onStep, signal: stop.signal })).rejects.toThrow();
  const steps: number[] = [];
  const count = async (doneSteps: number) => void steps.push(doneSteps);
  const { report } = await adaptCollection({ ...library(), ...kept[0]!, onStep: count });
  expect(steps[0]).toBe(21);
  const whole = await adaptCollection(library());
  expect(report.winner).toBe("table");
  expect(report.after).toBeGreaterThan(whole.report.after - 0.05);
});

test("Chinese without spaces is cut into sentences and learned by its letters", async () => {
  const request = library();
  const thing = (topic: number) => String.fromCodePoint(0x4e00 + 97 * topic, 0x5200 + 61 * topic);
  const passages = request.topics.map((own, row) => ({
    id: 100 + row,
    title: "",
    text: own.map((topic, i) => `我们今天谈到${thing(topic)}的第${row}件事${i}。`).join(""),
  }));
  const { adapter, report } = await adaptCollection({ ...request, passages });
  expect(report).toMatchObject({ winner: "table", why: "better" });
  expect(report.pairs + report.heldOut).toBeGreaterThan(300);
  const noise = unitRows(1, createRng(8));
  const [a, b] = request.topics[5]!;
  const asked = adaptVector({ ...adapter, part: 1 }, `${thing(a!)}和${thing(b!)}？`, noise);
  expect(rankOf(request.vectors, asked, 5)).toBeLessThanOrEqual(5);
});

test("new passages are learned on top, and words of removed ones are forgotten", async () => {
  const whole = library();
  const part = { ...whole, passages: whole.passages.slice(0, 80), vectors: whole.vectors.slice(0, 80 * DIM) };
  const first = (await adaptCollection(part)).adapter;
  const grown = (await adaptCollection({ ...whole, before: first.table })).adapter.table;
  expect(grown.rowByWord.has("word100x1")).toBe(true);
  const shrunk = (await adaptCollection({ ...part, before: grown })).adapter.table;
  expect(shrunk.rowByWord.has("word100x1")).toBe(false);
});

test("an abort stops it between two batches", async () => {
  const stop = new AbortController();
  let breaths = 0;
  const breathe = () => {
    if (++breaths === 5) stop.abort();
    return Promise.resolve();
  };
  await expect(adaptCollection({ ...library(), signal: stop.signal, breathe })).rejects.toThrow();
  expect(breaths).toBe(5);
});

describe("too little to learn from leaves the full encoder, without a question to it", () => {
  const texts: [string, readonly string[]][] = [
    ["nothing", []],
    ["one passage", ["It speaks of one thing only. Nothing else is here to be told apart."]],
    [
      "a thousand identical passages",
      Array.from({ length: 1000 }, () => "All of these are the same. Truly so."),
    ],
    ["numbers only", Array.from({ length: 100 }, (_, i) => `${i} 123 456.78\n9 10 11`)],
    ["one passage of 5 MB", ["It is a very long sentence of words. ".repeat(140_000)]],
  ];
  test.each(texts)("%s", async (_, own) => {
    const vectors = unitRows(Math.max(1, own.length), createRng(1)).slice(0, own.length * DIM);
    const request = {
      ...library(),
      passages: own.map((text, id) => ({ id, title: "", text })),
      vectors,
      encode: () => Promise.reject(new Error("asked")),
    };
    const { report, adapter } = await adaptCollection(request);
    expect(report).toMatchObject({ winner: "full", why: "too-small" });
    expect(parseAdapter(await formatAdapter(adapter))).not.toBeNull();
  });
});
