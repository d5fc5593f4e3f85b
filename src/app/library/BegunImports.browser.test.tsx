import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { mountApp } from "../shell/testing/mount-app.tsx";
import type { OpenedStore } from "../state/testing/open-store.ts";

const NAME = "Sextant 2026-11-21.sextant.zip";
let begun = [{ id: "a", name: NAME }];
let imported: string[] = [];
let app: OpenedStore & { unmount(): void };
beforeEach(async () => {
  begun = [{ id: "a", name: NAME }];
  imported = [];
  await page.viewport(360, 700);
  app = await mountApp(async ({ engine, actions }) => {
    engine.begunImports = async () => begun;
    engine.forgetImport = async () => void (begun = []);
    engine.importBundle = async ({ name = "" }) => {
      imported.push(name);
      begun = [];
      return { collections: [], passages: 0, vectors: 0, refused: [], preferences: {} };
    };
    await actions.model.start(new AbortController().signal);
  });
});
afterEach(() => app.unmount());

const notice = () => page.getByRole("status").filter({ hasText: `The import of ${NAME} was not finished.` });

test("an import that an earlier visit left is said at the start, and goes on with the file that is chosen", async () => {
  await expect.element(notice()).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  const file = new File(["x"], NAME, { type: "application/zip" });
  await userEvent.upload(notice().getByLabelText("Choose the file").last(), file);
  await expect.element(notice()).not.toBeInTheDocument();
  expect(imported).toEqual([NAME]);
});

test("it can be forgotten by keyboard", async () => {
  const forget = notice().getByRole("button", { name: "Forget it" });
  await expect.element(forget).toBeVisible();
  (forget.element() as HTMLElement).focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(notice()).not.toBeInTheDocument();
  expect(imported).toEqual([]);
});
