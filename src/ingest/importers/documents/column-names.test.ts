import { expect, test } from "vitest";
import { tableRows } from "./table-rows.ts";

const tools = { countTokens: (text: string) => text.length / 4 };
const textsOf = async (rows: readonly string[]) => {
  const { drafts } = await tableRows.parse({ name: "a.csv", text: rows.join("\n") }, tools, {
    delimiter: ",",
  });
  return drafts.map(({ text }) => text);
};

test("a single column's first row is data unless it is a known name, or one word above much longer rows", async () => {
  for (const rows of [
    ["brig", "sloop", "yawl"],
    ["Tea at noon", "The ship is late because of the storm that came up last night", "Call Ann"],
    ["Ask a question", "Another one"],
    ["Brest", "Cork", "A harbour that is deep and wide and dry twice a day"],
    ["茶", "船", "海"],
  ])
    expect(await textsOf(rows)).toEqual(rows);
  for (const name of ["text", "Content", "body"])
    expect(await textsOf([name, "brig", "sloop"])).toEqual(["brig", "sloop"]);
  for (const name of ["Questions", "review_text", "Quote:", "标题"])
    expect((await textsOf([name, "brig", "sloop"])).at(-1)).toMatch(/sloop$/);
  expect(
    await textsOf(["Beschwerde", "Das Schiff kam drei volle Stunden zu spät an.", "x".repeat(40)]),
  ).toHaveLength(2);
});

test("several columns are named by a first row of short texts, as before", async () => {
  expect(await textsOf(["boat,masts", "yawl,2"])).toEqual(["boat: yawl\nmasts: 2"]);
  expect(await textsOf(["yawl,2", "brig,3"])).toHaveLength(2);
});
