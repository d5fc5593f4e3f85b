import type { Page } from "@playwright/test";
import { openFaultProxy } from "../tools/chroma/fault-proxy.ts";
import { startChroma } from "../tools/chroma/start-chroma.ts";
import { findAxeFaults } from "./axe-faults.ts";
import { expect, test } from "./fixtures.ts";

const BOATS = [
  "sloop",
  "ketch",
  "yawl",
  "brig",
  "cutter",
  "lugger",
  "dory",
  "punt",
  "skiff",
  "wherry",
  "barque",
  "raft",
];
const TEXT = BOATS.map(
  (boat, i) => `# ${boat}\n\nA ${boat} carries ${i + 1} masts, ${2 * i} sails and ${boat.length} oars.`,
).join("\n\n");

const hits = (page: Page) => page.locator("[data-hits] > li");
async function found(page: Page): Promise<string[]> {
  await page.getByRole("textbox", { name: "Question" }).fill("which boat carries three masts?");
  await expect(page.getByRole("region", { name: "Passages" })).toContainText(`${BOATS.length} hits`);
  // What is out of sight has no inner text yet.
  const texts = await hits(page).allTextContents();
  return texts.map((text) => /A (\w+) carries/.exec(text)?.[1] ?? text);
}
async function describeServer(page: Page, port: number): Promise<void> {
  await page.getByLabel("Address").fill(`localhost:${port}`);
}

test("a collection is copied to a server that is killed in the middle and started again, and found there as here", async ({
  app,
  page,
  browser,
  complaints,
}) => {
  const { origin } = new URL(app.url);
  const server = await startChroma({ origins: [origin] });
  test.skip(server === null, "no Chroma server can be started here");
  if (!server) return;
  const proxy = await openFaultProxy(server.url);
  const port = Number(new URL(proxy.url).port);
  await page.goto("/?mode=semantic");
  await page
    .getByLabel("Files to add")
    .first()
    .setInputFiles({ name: "boats.md", mimeType: "text/markdown", buffer: Buffer.from(TEXT) });
  const local = await found(page);

  await page.getByRole("button", { name: "Library" }).click();
  await page.getByRole("navigation", { name: "Collections" }).getByRole("button").first().click();
  await expect(page.locator(".collection-place")).toContainText("only here");
  await server.kill();
  await page.getByRole("button", { name: "Copy to a server" }).click();
  const dialog = page.getByRole("dialog");
  await describeServer(page, server.port);
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(dialog).toContainText("remote/unreachable");
  await expect(dialog).toContainText(`cors_allow_origins: ["${origin}"]`);
  expect(await findAxeFaults(page, { within: ".dialog" })).toEqual([]);
  // The browser says by itself that a connection was refused.
  expect(complaints.every((one) => one.includes("ERR_CONNECTION_REFUSED"))).toBe(true);
  complaints.length = 0;

  await server.restart();
  let killed: Promise<void> | undefined;
  proxy.fault = ({ method, path }) => {
    if (killed || method !== "POST" || !/\/(add|upsert)$/.test(path)) return null;
    killed = server.kill();
    return { cut: "before" };
  };
  await describeServer(page, port);
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect.poll(() => killed !== undefined).toBe(true);
  await killed;
  await server.restart();
  await expect(page.locator(".collection-place")).toContainText("copy on a server");
  expect(complaints.every((one) => one.includes("net::ERR_"))).toBe(true);
  complaints.length = 0;

  const elsewhere = await browser.newContext({ baseURL: app.url });
  const other = await elsewhere.newPage();
  await other.goto("/?mode=semantic");
  await other.getByRole("button", { name: "Library" }).click();
  await other.getByRole("button", { name: "From a server" }).click();
  await describeServer(other, port);
  await other.getByRole("button", { name: "Look what it has" }).click();
  await other.getByRole("button", { name: /^Search .* from here/ }).click();
  await expect(other.locator(".collection-place")).toContainText("lives on a server");
  await other.getByRole("button", { name: "Search in it" }).click();
  expect(await found(other)).toEqual(local);
  await expect(other.locator(".reach")).toContainText("searched on localhost");
  await elsewhere.close();
  await proxy.close();
  await server.close();
});
