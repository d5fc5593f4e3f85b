import { readdir, readFile } from "node:fs/promises";
import type { Page, Request } from "@playwright/test";
import { HOSTILE, HOSTILE_FILES, MARK, type HostileFile } from "../src/contract/testing/hostile.ts";
import { KIND_OF_TASK, type TaskId } from "../src/contract/index.ts";
import { hostileDocx, hostileEpub, hostileXlsx } from "../src/ingest/testing/hostile-archives.ts";
import { textPdf } from "../src/ingest/testing/text-pdf.ts";
import { startChroma } from "../tools/chroma/start-chroma.ts";
import { openAnswerServer } from "./answer-server.ts";
import { ENGINE_SCRIPT, META_POLICY, OTHER_WORKERS } from "../tools/serve/headers.ts";
import { expect, test } from "./fixtures.ts";

test.use({ serviceWorkers: "allow" });

const TABS: Readonly<Record<TaskId, string>> = {
  qa: "Questions",
  convsearch: "Conversation",
  chat: "Chat memory",
  lrlm: "Long text",
  icl: "Examples",
  tool: "Tools",
};

const payload = ({ name, content }: { name: string; content: string | Uint8Array }) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});

/** One hostile file of each kind that a task reads; where pdf.js and mammoth work, theirs too. */
async function filesOf(task: TaskId) {
  const own = HOSTILE_FILES.filter(({ kind }) => kind === KIND_OF_TASK[task]).map(short);
  if (task !== "qa") return own.map(payload);
  const line = `compass ${HOSTILE[1]}`;
  const archives = [
    { name: "a.pdf", content: textPdf(line, { root: "/OpenAction << /S /JavaScript /JS (1) >>", page: "" }) },
    { name: "a.docx", content: await hostileDocx(line, "javascript:1") },
    { name: "a.epub", content: await hostileEpub(line, HOSTILE[0] ?? "") },
    { name: "a.xlsx", content: await hostileXlsx(line) },
  ];
  return [...own, ...archives].map(payload);
}

/** Enough of a file to be hostile, and little enough to be embedded in a moment. */
function short({ name, format, content }: HostileFile): { name: string; content: string } {
  const isLines = !["markdown", "html", "source-code", "tool-specs", "openapi", "chat-json"].includes(format);
  return { name, content: isLines ? content.split("\n").slice(0, 8).join("\n") : content };
}

/** Counts violations of the content policy and opened dialogs, in every frame from its first moment on. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  const told: string[] = [];
  page.on("dialog", (dialog) => {
    told.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction("tellViolation", (what: string) => void told.push(what));
  await page.addInitScript(() => {
    const tell = Reflect.get(globalThis, "tellViolation") as (what: string) => void;
    addEventListener("securitypolicyviolation", (event: Event) => {
      const [directive, blocked] = ["effectiveDirective", "blockedURI"].map(
        (key) => Reflect.get(event, key) as string,
      );
      tell(`violation: ${directive} ${blocked}`);
    });
  });
  return async () => {
    if (await page.evaluate((mark) => Reflect.has(globalThis, mark), MARK)) told.push("a hostile text ran");
    return told;
  };
}

const ACTIVE = "img, script, iframe, style, form, [onerror]";

/** What is there once a picture is drawn. */
const PICTURES = {
  "Six ways": ".six-way canvas, .six-way svg",
  Map: ".passage-map canvas",
  Compare: ".compare table, .compare svg",
  Limb: "[data-hits] > li",
} as const;

/** Copies the first collection to a server, and looks what the server has. */
async function copyToServer(page: Page, host: string): Promise<void> {
  await page.getByRole("button", { name: "Library" }).click();
  await page.getByRole("navigation", { name: "Collections" }).getByRole("button").first().click();
  await page.getByRole("button", { name: "Copy to a server" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill(host);
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.locator(".collection-place")).toContainText("copy on a server");
  await page.getByRole("button", { name: "From a server" }).click();
  await dialog.getByLabel("Address").fill(host);
  await dialog.getByRole("button", { name: "Look what it has" }).click();
  await expect(dialog.getByRole("button", { name: /^Search .* from here/ })).toBeVisible();
  await page.keyboard.press("Escape");
}

test("a whole use with hostile files of every kind: nothing runs, nothing is violated, nothing is asked but the app and each server once it is named", async ({
  page,
  app,
}) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(30_000);
  const server = await openAnswerServer();
  const strangers: string[] = [];
  const chroma = await startChroma({ origins: [new URL(app.url).origin] });
  const store = chroma && `http://localhost:${chroma.port}`;
  let named: readonly string[] = [];
  const toStore: string[] = [];
  page.context().on("request", (request: Request) => {
    const url = request.url();
    if (store !== null && url.startsWith(store)) toStore.push(url);
    const known = [app.url, `blob:${app.url}`, ...named];
    if (!known.some((start) => url.startsWith(start))) strangers.push(url);
  });
  const told = await watchPolicy(page);
  await page.goto("/");
  for (const task of Object.keys(TABS) as TaskId[]) {
    await page.getByRole("tab", { name: TABS[task] }).click();
    if (task !== "convsearch")
      await page
        .getByLabel("Files to add")
        .first()
        .setInputFiles(await filesOf(task));
    await expect(page.locator(".job, .queue")).toHaveCount(0, { timeout: 100_000 });
    if (task === "lrlm") await page.getByRole("slider", { name: "Cursor in the text" }).press("End");
    else await page.locator(".query textarea").last().fill(`compass ${HOSTILE[1]}`);
    await expect(page.locator("[data-hits] > li").first()).toBeVisible();
    expect(await told(), task).toEqual([]);
  }

  await page.getByRole("tab", { name: "Questions" }).click();
  for (const [picture, drawn] of Object.entries(PICTURES)) {
    await page.getByRole("button", { name: picture, exact: true }).click();
    await expect(page.locator(drawn).first()).toBeVisible();
    expect(await told(), picture).toEqual([]);
  }
  await page.locator("[data-hits] > li").first().getByRole("button", { name: "Pin" }).click();
  await expect(page.locator(".adapted")).toContainText("1");
  await page.getByRole("button", { name: "Open in the source" }).first().click();
  await expect(page.getByRole("region", { name: "Text of the source" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await page.getByRole("radio", { name: /OpenAI’s protocol/ }).click();
  expect(server.asked).toEqual([]);
  named = [server.url];
  await page.getByRole("textbox", { name: "Address, up to and with /v1" }).fill(server.url);
  await page.getByRole("button", { name: "Ask it for its models" }).click();
  server.mood = { is: "answering", pieces: HOSTILE.map((text) => `${text} compass [1].\n\n`) };
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await answer.getByRole("button", { name: "Keep this answer" }).click();
  await expect(answer.locator(ACTIVE)).toHaveCount(0);
  const kept = page.locator("details.kept");
  await kept.getByText("Kept answers").click();
  await kept.getByRole("button", { name: "Show", exact: true }).click();
  await expect(kept.locator(ACTIVE)).toHaveCount(0);
  expect([...new Set(server.asked)]).toEqual(["/v1/models", "/v1/chat/completions"]);
  expect(await told(), "answer").toEqual([]);

  if (store !== null) {
    expect(toStore).toEqual([]);
    named = [store];
    await copyToServer(page, new URL(store).host);
    expect(toStore.length).toBeGreaterThan(3);
    expect(await told(), "server").toEqual([]);
  }

  await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(await told()).toEqual([]);
  expect(strangers).toEqual([]);
  await server.close();
  await chroma?.close();
});

test("the policy stands: an inline script, a text taken for a page, and another origin are refused", async ({
  page,
  complaints,
}) => {
  await page.goto("/");
  const refused = await page.evaluate(async () => {
    const names: string[] = [];
    addEventListener("securitypolicyviolation", (event: Event) => {
      names.push(Reflect.get(event, "effectiveDirective") as string);
    });
    const page = Reflect.get(globalThis, "document") as {
      createElement(name: string): { textContent: string; innerHTML: string; remove(): void };
      body: { append(element: object): void };
    };
    const script = page.createElement("script");
    try {
      script.textContent = "globalThis.inlineRan = 1";
    } catch {
      names.push("thrown");
    }
    page.body.append(script);
    try {
      page.createElement("div").innerHTML = "<b>text</b>";
    } catch {
      names.push("thrown");
    }
    await fetch("https://elsewhere.invalid/").catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { names, ran: Reflect.has(globalThis, "inlineRan") };
  });
  expect(refused.ran).toBe(false);
  expect(refused.names).toContain("connect-src");
  expect(refused.names.filter((name) => name === "require-trusted-types-for").length).toBeGreaterThanOrEqual(
    2,
  );
  const known = [ENGINE_SCRIPT, ...OTHER_WORKERS].map((start) => start.slice("/assets/".length));
  const workers = (await readdir("dist/assets")).filter((name) => /\.worker[-.]/.test(name));
  expect(workers.length).toBeGreaterThan(4);
  expect(workers.filter((name) => !known.some((start) => name.startsWith(start)))).toEqual([]);
  const html = await readFile("dist/index.html", "utf8");
  expect(html).toContain(META_POLICY.replaceAll("'", "&#39;"));
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=/);
  complaints.length = 0;
});

test("the licences of what is inside are served with the app", async ({ page }) => {
  const text = await (await page.request.get("/THIRD-PARTY-LICENSES.txt")).text();
  for (const name of [
    "react",
    "onnxruntime-web",
    "@sqlite.org/sqlite-wasm",
    "pdfjs-dist",
    "source-serif-4",
    "chromadb",
    "pako",
  ])
    expect(text).toContain(name);
  expect(text).toContain("SIL OPEN FONT LICENSE");
});
