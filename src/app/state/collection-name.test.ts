import { afterEach, expect, test } from "vitest";
import { speak } from "../words/words.ts";
import { shownName } from "./collection-name.ts";

afterEach(() => speak("en"));

test("a collection that nobody has named is called by its kind in the language spoken, any other as it is named", async () => {
  expect(shownName({ name: "Documents" })).toBe("Documents");
  await speak("zh");
  expect(shownName({ name: "Documents" })).toBe("文档");
  expect(shownName({ name: "My documents" })).toBe("My documents");
});
