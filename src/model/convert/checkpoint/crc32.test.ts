import { expect, test } from "vitest";
import { createRng } from "../../../base/rng.ts";
import { crc32 } from "./crc32.ts";

test("the check value of the standard", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});

test("nothing has the checksum 0", () => expect(crc32(new Uint8Array())).toBe(0));

test("in pieces of any length, at any place in a buffer, it is the same", () => {
  const rng = createRng(1);
  const all = Uint8Array.from({ length: 257 }, () => rng() * 256);
  const bytes = all.subarray(1);
  for (let cut = 0; cut <= bytes.length; cut++) {
    expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes));
  }
});
