import { expect, test } from "vitest";
import { connect } from "./connect.ts";
import { joinTab, serveTabs } from "./tabs.ts";

interface Calls {
  echo: { in: { readonly text: string }; event: string; out: Uint8Array };
  wait: { in: object; event: string; out: void };
}

/** Serves as an owner would, until `end`. */
async function openOwner() {
  const life = `life-${crypto.randomUUID()}`;
  let end = (): void => undefined;
  await new Promise<void>((held) => {
    void navigator.locks.request(life, () => {
      held();
      return new Promise<void>((resolve) => (end = resolve));
    });
  });
  const stopped: string[] = [];
  serveTabs<Calls>(life, {
    async echo({ text }, { emit }) {
      emit(`${text}…`);
      return new TextEncoder().encode(text);
    },
    wait: (_, { signal, emit }) =>
      new Promise((_resolve, reject) => {
        emit("waiting");
        signal.addEventListener("abort", () => {
          stopped.push("wait");
          reject(new Error("stopped"));
        });
      }),
  });
  return { end: () => end(), stopped };
}

/** Locks are let go by another process, when it has time. */
const PATIENT = { timeout: 20_000 };

test("tabs join whether they come before or after the engine; each has its own calls, events and end", async () => {
  const never = new AbortController().signal;
  const early = joinTab(never);
  const owner = await openOwner();
  const [a, b] = [await early, await joinTab(never)];
  const [first, second] = [connect<Calls>(a), connect<Calls>(b)];
  const events: string[] = [];
  const answers = await Promise.all([
    first.echo({ text: "one" }, { onEvent: (event) => events.push(event) }),
    second.echo({ text: "two" }),
  ]);
  expect(answers.map((bytes) => new TextDecoder().decode(bytes))).toEqual(["one", "two"]);
  expect(events).toEqual(["one…"]);

  const waiting = second.wait({});
  await new Promise<void>((arrived) => {
    first.wait({}, { onEvent: () => arrived() }).catch(() => undefined);
  });
  await first.close();
  await expect.poll(() => owner.stopped, PATIENT).toEqual(["wait"]);

  owner.end();
  await expect(waiting).rejects.toMatchObject({ code: "boundary/lost" });
  await second.close();
});

test("who stops asking is told so, and holds nothing", async () => {
  const stop = new AbortController();
  const joining = joinTab(stop.signal);
  stop.abort(new Error("enough"));
  await expect(joining).rejects.toThrow("enough");
  await expect
    .poll(
      async () =>
        ((await navigator.locks.query()).held ?? []).filter(({ name }) => name?.startsWith("sextant-tab")),
      PATIENT,
    )
    .toEqual([]);
});
