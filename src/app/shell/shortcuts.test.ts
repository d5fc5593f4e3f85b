import { expect, test } from "vitest";
import { keyAsks, paletteKeys } from "./shortcuts.ts";

const pressed = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test("single characters act only where nothing is written", () => {
  expect(keyAsks(pressed("/"), false)).toEqual({ does: "query" });
  expect(keyAsks(pressed("?"), false)).toEqual({ does: "shortcuts" });
  expect(keyAsks(pressed("3"), false)).toEqual({ does: "task", task: "chat" });
  for (const key of ["/", "?", "3"]) expect(keyAsks(pressed(key), true)).toBeNull();
});

test("Ctrl or Cmd with K opens the palette from anywhere, and nothing near it does", () => {
  expect(keyAsks(pressed("k", { ctrlKey: true }), true)).toEqual({ does: "palette" });
  expect(keyAsks(pressed("K", { metaKey: true }), false)).toEqual({ does: "palette" });
  for (const held of [{ ctrlKey: true, metaKey: true }, { ctrlKey: true, altKey: true }, {}])
    expect(keyAsks(pressed("k", held), false)).toBeNull();
});

test("a digit without a task, and the browser's own keys, are left alone", () => {
  for (const key of ["0", "7", "9", "F1", "Enter"]) expect(keyAsks(pressed(key), false)).toBeNull();
  for (const key of ["/", "1", "?"]) expect(keyAsks(pressed(key, { ctrlKey: true }), false)).toBeNull();
});

test("the palette's keys are named as the keyboard names them", () => {
  expect(paletteKeys("MacIntel")).toEqual(["⌘", "K"]);
  expect(paletteKeys("Linux x86_64")).toEqual(["Ctrl", "K"]);
});
