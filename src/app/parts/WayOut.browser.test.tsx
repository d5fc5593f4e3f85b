import { afterEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import errorsPage from "../../../docs/errors.md?raw";
import { ERROR_CODES, SextantError, type ErrorCode } from "../../contract/index.ts";
import { mountApp } from "../shell/testing/mount-app.tsx";
import { WAYS_OUT } from "../state/ways-out.ts";
import { shell } from "../words/en/shell.ts";
import * as chinese from "../words/zh/index.ts";
import { speak } from "../words/words.ts";

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];
const ways = { en: shell.waysOut, zh: chinese.shell.waysOut };

/** When a code comes and what to do about it, as docs/errors.md has it. */
function pageOf(code: ErrorCode): { when: string; what: string } {
  const row = errorsPage.split("\n").find((line) => line.startsWith(`| \`${code}\` `)) ?? "";
  const cells = row.split("|").map((cell) => cell.trim());
  return { when: cells[2] ?? "", what: cells[5] ?? "" };
}

let unmount: () => void = () => undefined;
afterEach(async () => {
  unmount();
  await speak("en");
});

for (const language of ["en", "zh"] as const)
  test(`every code is shown with its sentence and its way out: ${language}`, async () => {
    const app = await mountApp(async ({ actions }) => {
      await actions.model.start(new AbortController().signal);
      await actions.model.setDevice("webgpu");
    });
    ({ unmount } = app);
    await speak(language);
    for (const code of CODES) {
      const { when, what } = pageOf(code);
      expect(what, code).not.toBe("");
      app.actions.jobs.fail(code, new SextantError(code, `${when}. ${what}.`));
      const way = WAYS_OUT[code];
      if (code === "base/aborted") {
        expect(app.state.getState().jobs.failures).toEqual([]);
        continue;
      }
      const alert = page.getByRole("alert").filter({ hasText: code });
      await expect.element(alert).toHaveTextContent(what);
      if (language === "zh") {
        const meaning = chinese.errors[code] ?? "";
        await expect.element(alert).toHaveTextContent(meaning);
        expect(meaning, code).toMatch(/请|需|可以/);
      }
      const offered = alert.element().querySelectorAll(":not(.make-room) > button.link");
      expect(
        [...offered].map(({ textContent }) => textContent),
        code,
      ).toEqual(way === "told" ? [] : [ways[language][way]]);
      app.actions.jobs.dismiss(app.state.getState().jobs.failures[0]!.id);
      await expect.element(alert).not.toBeInTheDocument();
    }
  });

test("each way leads where it says", async () => {
  const app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    await actions.model.setDevice("webgpu");
  });
  ({ unmount } = app);
  const take = async (code: ErrorCode) => {
    app.actions.jobs.fail("Work", new SextantError(code, "It failed."));
    const way = WAYS_OUT[code];
    if (way === "told") throw new Error(code);
    await page.getByRole("alert").getByRole("button", { name: shell.waysOut[way] }).click();
    return app.state.getState();
  };
  expect((await take("storage/full")).library.place).toEqual({ collectionId: null, sourceId: null });
  app.actions.jobs.settle("Work");
  expect((await take("engine/internal")).panel.overlay).toBe("diagnostics");
  app.actions.panel.showOverlay(null);
  app.actions.jobs.settle("Work");
  const { jobs } = await take("gpu/lost");
  expect(jobs.failures).toEqual([]);
  await expect.poll(() => app.state.getState().model.status?.device.asked).toBe("wasm");
});
