import { expect, test } from "vitest";
import { formatPlace, parsePlace } from "./address.ts";

test("every place in the library comes back from its address, and what is none is no library", () => {
  const places = [
    null,
    { collectionId: null, sourceId: null },
    { collectionId: 3, sourceId: null },
    { collectionId: 3, sourceId: 12 },
  ];
  for (const place of places) expect(parsePlace(`?task=qa${formatPlace(place)}`)).toEqual(place);
  for (const wrong of ["", "3.", ".3", "-1", "3.4.5", "1e9", "x"])
    expect(parsePlace(`?library=${wrong}`)).toBe(null);
});
