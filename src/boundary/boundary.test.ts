import { afterEach, expect, test } from "vitest";
import type { Face, Handlers } from "../contract/index.ts";
import { SextantError } from "../contract/index.ts";
import { connect, direct, portLink, serve } from "./index.ts";

interface Calls {
  add: { in: { a: number; b: number }; event: never; out: number };
  count: { in: { to: number }; event: number; out: string };
  wait: { in: { name: string }; event: never; out: void };
  fail: { in: { how: "typed" | "plain" }; event: never; out: void };
  bytes: { in: { size: number }; event: never; out: Float32Array };
  pour: { in: { cups: number }; event: number; out: void };
  odd: { in: Readonly<Record<string, never>>; event: never; out: unknown };
}

const aborted: string[] = [];
const poured: number[] = [];
let kept: Float32Array | undefined;
const handlers: Handlers<Calls> = {
  add: ({ a, b }) => Promise.resolve(a + b),
  count: ({ to }, { emit }) => {
    for (let i = 1; i <= to; i++) emit(i);
    return Promise.resolve("counted");
  },
  async pour({ cups }, { deliver }) {
    for (let cup = 1; cup <= cups; cup++) {
      poured.push(cup);
      await deliver(cup);
    }
  },
  wait: ({ name }, { signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => {
        aborted.push(name);
        reject(signal.reason as Error);
      });
    }),
  fail: ({ how }) =>
    Promise.reject(
      how === "typed" ? new SextantError("storage/full", "Free 3 MB.", { bytes: 3 }) : new TypeError("oops"),
    ),
  bytes: ({ size }) => {
    kept = new Float32Array(size).fill(0.5);
    return Promise.resolve(kept);
  },
  odd: () => Promise.resolve(() => "a function cannot cross"),
};

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
  aborted.length = 0;
  poured.length = 0;
});

function overPort(h: Handlers<Calls> | Promise<Handlers<Calls>> = handlers) {
  const { port1, port2 } = new MessageChannel();
  const here = portLink(port1);
  serve(portLink(port2), h);
  open.push(() => {
    port1.close();
    port2.close();
  });
  return { face: connect<Calls>(here), here, far: port2 };
}

const faces: [string, () => Face<Calls>][] = [
  ["over a port", () => overPort().face],
  ["direct", () => direct(handlers)],
];

for (const [name, make] of faces) {
  test(`${name}: answers, events in order, errors with their code`, async () => {
    const face = make();
    expect(await face.add({ a: 2, b: 3 })).toBe(5);
    const events: number[] = [];
    expect(await face.count({ to: 3 }, { onEvent: (n) => events.push(n) })).toBe("counted");
    expect(events).toEqual([1, 2, 3]);
    await expect(face.fail({ how: "typed" })).rejects.toMatchObject({
      code: "storage/full",
      message: "Free 3 MB.",
      details: { bytes: 3 },
    });
    await expect(face.fail({ how: "plain" })).rejects.toMatchObject({
      code: "engine/internal",
      message: "oops",
    });
  });

  test(`${name}: abort rejects here and reaches the handler`, async () => {
    const face = make();
    const stop = new AbortController();
    const waiting = face.wait({ name: "far" }, { signal: stop.signal });
    await face.add({ a: 0, b: 0 });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: "base/aborted" });
    await face.add({ a: 0, b: 0 });
    expect(aborted).toEqual(["far"]);
  });

  test(`${name}: deliveries wait for who takes them; where that fails, the call does`, async () => {
    const face = make();
    let drink = (): void => undefined;
    let full = new Promise<void>((resolve) => (drink = resolve));
    const drunk: number[] = [];
    const onEvent = async (cup: number): Promise<void> => {
      await full;
      drunk.push(cup);
      if (cup === 4) throw new SextantError("storage/full", "No more.");
    };
    const pouring = face.pour({ cups: 3 }, { onEvent });
    await face.add({ a: 0, b: 0 });
    await face.add({ a: 0, b: 0 });
    expect(poured).toEqual([1]);
    drink();
    await pouring;
    expect(drunk).toEqual([1, 2, 3]);
    await expect(face.pour({ cups: 9 }, { onEvent })).rejects.toMatchObject({ code: "storage/full" });
    await face.add({ a: 0, b: 0 });
    expect(poured.slice(3)).toEqual([1, 2, 3, 4]);

    full = new Promise(() => undefined);
    const stop = new AbortController();
    const stopped = face.pour({ cups: 2 }, { onEvent, signal: stop.signal });
    await face.add({ a: 0, b: 0 });
    stop.abort();
    if (name !== "direct") await expect(stopped).rejects.toMatchObject({ code: "base/aborted" });
  });

  test(`${name}: close refuses later calls`, async () => {
    const face = make();
    await face.close();
    await expect(face.add({ a: 1, b: 1 })).rejects.toMatchObject({ code: "boundary/closed" });
  });
}

test("a lost link settles everyone, then and later", async () => {
  const { face, here } = overPort();
  const waiting = face.wait({ name: "lost" });
  here.lose("the worker crashed");
  await expect(waiting).rejects.toMatchObject({ code: "boundary/lost" });
  await expect(face.add({ a: 1, b: 1 })).rejects.toMatchObject({ code: "boundary/lost" });
});

test("the far end closing settles the waiting calls", async () => {
  const { face, far } = overPort();
  await face.add({ a: 1, b: 1 });
  const waiting = face.wait({ name: "gone" });
  far.close();
  await expect(waiting).rejects.toMatchObject({ code: "boundary/lost" });
});

test("an input or an answer that cannot be cloned fails only its own call", async () => {
  const { face } = overPort();
  const bad = { a: 1, b: (() => 1) as unknown as number };
  await expect(face.add(bad)).rejects.toMatchObject({ code: "boundary/unclonable" });
  await expect(face.odd({})).rejects.toMatchObject({ code: "boundary/unclonable" });
  expect(await face.add({ a: 1, b: 1 })).toBe(2);
});

test("the other side of another version ends every call, and a call that it does not know is named", async () => {
  const { face, far } = overPort();
  await face.add({ a: 1, b: 1 });
  await expect(
    (face as unknown as { later: (input: object) => Promise<unknown> }).later({}),
  ).rejects.toMatchObject({ code: "boundary/protocol" });
  far.postMessage({ type: "ready", protocol: 99 });
  await expect(face.wait({ name: "newer" })).rejects.toMatchObject({
    code: "boundary/protocol",
    details: { there: 99 },
  });
});

test("large results change hands instead of being copied", async () => {
  const { face } = overPort();
  const out = await face.bytes({ size: 8 });
  expect(out).toEqual(new Float32Array(8).fill(0.5));
  expect(kept?.length).toBe(0);
});

test("a start that fails is the answer to every call", async () => {
  const { face } = overPort(
    Promise.reject(new SextantError("storage/busy-elsewhere", "Open in another tab.")),
  );
  await expect(face.add({ a: 1, b: 1 })).rejects.toMatchObject({ code: "storage/busy-elsewhere" });
});
