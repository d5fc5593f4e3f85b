import { expect, test } from "vitest";
import { ERROR_CODES } from "../../contract/index.ts";
import { CATALOG } from "../../model/catalog/index.ts";
import { CATALOG_SENTENCES } from "./zh/catalog.ts";
import { errors } from "./zh/errors.ts";
import { instruments } from "./zh/instruments.ts";

test("every code has a Chinese sentence, and none is translated that does not exist", () => {
  expect(Object.keys(errors).toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
});

test("every Chinese sentence of a code ends as a sentence, and says more than what happened", () => {
  const short = Object.entries(errors).filter(([, text]) => !/。.+。$/u.test(text));
  expect(short).toEqual([]);
});

test("whatever the catalog says of a model is translated, and nothing else", () => {
  const said = CATALOG.flatMap(({ about, unknown, obstacle, licence }) => [
    about,
    ...unknown,
    obstacle,
    licence,
  ]);
  const sentences = new Set(said.filter((one) => one?.includes(" ")));
  expect(Object.keys(CATALOG_SENTENCES).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
    [...sentences].toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
  );
});

test("why a device computes is told in Chinese, and what is not known is kept as it is", () => {
  expect(instruments.reason("WebGPU on apple m1.")).toBe("使用 apple m1 上的 WebGPU。");
  expect(instruments.reason("You chose WASM.")).toBe("你选择了 WASM。");
  expect(instruments.reason("Something new.")).toContain("Something new.");
});
