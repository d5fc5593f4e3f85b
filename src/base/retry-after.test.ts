import { expect, test } from "vitest";
import { pause } from "./pause.ts";
import { readRetryAfter } from "./retry-after.ts";

test.each([
  ["7", 7_000],
  [" 0 ", 0],
  ["Wed, 21 Oct 2026 07:28:05 GMT", 5_000],
  ["Wed, 21 Oct 2026 07:27:00 GMT", 0],
  ["soon", undefined],
  ["-3.5 parsecs", undefined],
])("%s is %s ms", (value, ms) => {
  const nowMs = Date.parse("2026-10-21T07:28:00Z");
  expect(readRetryAfter(new Response(null, { headers: { "Retry-After": value } }), nowMs)).toBe(ms);
});

test("a server that says nothing asks for no pause", () => {
  expect(readRetryAfter(new Response())).toBeUndefined();
});

test("a pause ends at once when it is stopped, also before it began", async () => {
  const stop = new AbortController();
  const waiting = pause(60_000, stop.signal);
  stop.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await expect(pause(60_000, stop.signal)).rejects.toThrow("enough");
  await pause(0);
});
