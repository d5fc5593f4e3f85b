import { expect, test } from "vitest";
import { createLedger } from "./ledger.ts";

const living = (name: string, passages: number) => ({ name, place: "living", passages }) as const;

test("what was acknowledged must be there, and what was only begun may be", () => {
  const ledger = createLedger();
  ledger.begin(["a", "b"], "living");
  ledger.done(["a"], "living");
  ledger.passages("a", 20);
  expect(ledger.settle([living("a", 20)])).toEqual({ lostWrites: 0, why: [] });
  expect(ledger.settle([living("a", 21)])).toEqual({ lostWrites: 0, why: [] });
  expect(ledger.settle([living("a", 15)])).toMatchObject({ lostWrites: 6 });
  expect(ledger.acknowledged).toBe(21);
});

test("a source that was removed must be away, and one that is being removed is in either place", () => {
  const ledger = createLedger();
  ledger.done(["a", "b"], "living");
  ledger.begin(["a", "b"], "removed");
  ledger.done(["b"], "removed");
  expect(ledger.settle([living("a", 3), living("b", 3)])).toEqual({
    lostWrites: 1,
    why: ["b is living instead of removed"],
  });
  expect(ledger.named("living")).toEqual(["a", "b"]);
  ledger.begin(["a"], "removed");
  expect(ledger.settle([{ name: "a", place: "removed", passages: 3 }, living("b", 3)]).lostWrites).toBe(0);
  expect([ledger.named("removed"), ledger.named("living")]).toEqual([["a"], ["b"]]);
});

test("what was removed may be gone when its time is over, and not before", () => {
  const ledger = createLedger();
  ledger.done(["a"], "removed", 1000);
  expect(ledger.settle([{ name: "a", place: "removed", passages: 3 }], 500).lostWrites).toBe(0);
  expect(ledger.settle([], 999).lostWrites).toBe(1);
  ledger.done(["a"], "removed", 1000);
  expect(ledger.settle([], 1000).lostWrites).toBe(0);
});

test("what nobody added, or what is there twice, is told", () => {
  const ledger = createLedger();
  ledger.done(["a"], "living");
  expect(ledger.settle([living("a", 1), living("z", 1)]).why).toEqual(["nobody has added z"]);
  expect(ledger.settle([living("a", 1), living("a", 1)]).lostWrites).toBe(1);
});
