import { expect, test } from "vitest";
import { pages, type Page } from "./pages.ts";

const all = Array.from({ length: 7 }, (_, i) => `id ${i}`);
const sliceOf = async ({ limit, offset }: Page) => all.slice(offset, offset + limit);

async function readAll(read: (page: Page) => Promise<readonly string[]>): Promise<string[]> {
  const names: string[] = [];
  for await (const { fresh } of pages(3, read, (found) => found)) names.push(...fresh);
  return names;
}

test("every name comes once, also where a list grew at its front meanwhile", async () => {
  expect(await readAll(sliceOf)).toEqual(all);
  const grown = async ({ limit, offset }: Page) => sliceOf({ limit, offset: Math.max(0, offset - 1) });
  expect(await readAll(grown)).toEqual(all);
});

test("a server that passes over the offset, and one that has whole pages only, come to an end", async () => {
  await expect(readAll(async ({ limit }) => all.slice(0, limit))).rejects.toMatchObject({
    code: "remote/miscount",
  });
  expect(
    await readAll(async ({ limit, offset }) => (offset < 6 ? all.slice(offset, offset + limit) : [])),
  ).toEqual(all.slice(0, 6));
});
