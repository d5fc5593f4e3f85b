import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { SextantError } from "../../contract/index.ts";
import { mountApp } from "../shell/testing/mount-app.tsx";
import { FAKE_CHECK } from "../state/testing/fake-models.ts";
import { DOCUMENTS, type OpenedStore } from "../state/testing/open-store.ts";

let app: OpenedStore & { unmount(): void };

beforeEach(async () => {
  await page.viewport(1280, 860);
  app = await mountApp(async ({ actions }) => {
    await actions.model.start(new AbortController().signal);
    await actions.queue.add("qa", DOCUMENTS);
  });
  await expect.element(page.getByRole("button", { name: /^Models/ })).toBeVisible();
});
afterEach(() => app.unmount());

const dialog = () => page.getByRole("dialog", { name: "Which model measures the angles" });
const row = (name: string) => dialog().getByRole("listitem", { name, exact: true });
const openModels = async () => {
  await page.getByRole("button", { name: /^Models/ }).click();
  await expect.element(row("LLM-Embedder")).toBeVisible();
};
const requests = () => app.engine.shelf.requests;

test("nothing is asked of the hub before its host was named and the person said yes", async () => {
  await openModels();
  await row("LLM-Embedder").getByRole("button", { name: "Get from huggingface.co" }).click();
  await expect
    .element(row("LLM-Embedder").getByText(/438 MB will be downloaded from huggingface.co/))
    .toBeVisible();
  expect(app.engine.calls).not.toContain("addModel");
  await row("LLM-Embedder").getByRole("radio", { name: /^q4/ }).click();
  await row("LLM-Embedder").getByRole("button", { name: "Get it from huggingface.co" }).click();
  await expect.element(dialog().getByRole("heading", { name: "In use: LLM-Embedder" })).toBeVisible();
  expect(requests()).toEqual([{ origin: { from: "list", modelId: "llm-embedder" }, dtype: "q4" }]);
  await expect
    .element(row("LLM-Embedder").getByRole("button", { name: "Use LLM-Embedder in q4" }))
    .toBeDisabled();
});

test("a download shows how far it is, outlives the dialog, and can be cancelled and gone on with", async () => {
  const open = app.engine.shelf.holdAdding();
  await openModels();
  await row("LLM-Embedder").getByRole("button", { name: "Get from huggingface.co" }).click();
  await row("LLM-Embedder").getByRole("button", { name: "Get it from huggingface.co" }).click();
  await expect.element(row("LLM-Embedder").getByText("219 MB of 438 MB, 9.4 MB/s, 23 s left")).toBeVisible();
  await dialog().getByRole("button", { name: "Close" }).click();
  await expect.element(page.getByText("Getting LLM-Embedder downloading model.safetensors")).toBeVisible();
  await openModels();
  await row("LLM-Embedder").getByRole("button", { name: "Cancel" }).click();
  open();
  await expect.element(row("LLM-Embedder").getByText("partly downloaded: 219 MB of 438 MB")).toBeVisible();
  await expect.element(row("LLM-Embedder").getByRole("button", { name: "Go on" })).toBeVisible();
  expect(app.state.getState().model.status?.model.id).toBe("mini");
});

test("weights are deleted only after the question is answered with yes, never those in use", async () => {
  await openModels();
  await expect
    .element(row("Sextant mini").getByRole("button", { name: "Use Sextant mini in q8" }))
    .toBeDisabled();
  const remove = row("Contriever").getByRole("button", { name: "Delete Contriever in fp32" });
  await remove.click();
  const question = page.getByRole("alertdialog", { name: "Delete the fp32 weights of Contriever?" });
  await expect.element(question.getByText(/Vectors that it made stay in the database/)).toBeVisible();
  await question.getByRole("button", { name: "Keep it" }).click();
  expect(app.engine.calls).not.toContain("removeModel");
  await remove.click();
  await question.getByRole("button", { name: "Delete", exact: true }).click();
  await expect.element(remove).not.toBeInTheDocument();
  await expect.element(row("Contriever").getByRole("button", { name: "Use Contriever in q8" })).toBeEnabled();
});

test("BM25 leaves keywords only, says why, and no angle is drawn", async () => {
  app.actions.query.use({ task: "qa", question: "compass" });
  await expect.element(page.getByRole("figure", { name: "Angles from the query" })).toBeVisible();
  await openModels();
  await row("BM25").getByRole("button", { name: "Search by words only" }).click();
  await dialog().getByRole("button", { name: "Close" }).click();
  await expect.element(page.getByText("BM25 has no vectors: words only.")).toBeVisible();
  await expect.element(page.getByRole("button", { name: "semantic" })).toBeDisabled();
  await expect.element(page.getByText("words only", { exact: true }).first()).toBeVisible();
  await expect.element(page.getByRole("figure", { name: "Angles from the query" })).not.toBeInTheDocument();
});

test("vectors that are not of unit length have scores and no degrees", async () => {
  app.actions.query.use({ task: "qa", question: "compass" });
  await app.actions.models.choose({ modelId: "contriever", dtype: "q8" });
  await expect.element(page.getByText("inner product 0.90, rank 1")).toBeVisible();
  expect(document.querySelector("main")?.textContent).not.toContain("°");
  expect(document.querySelectorAll(".limb, .angle-mark")).toHaveLength(0);
});

test("a check that fails is a warning with the other device, one that holds is a table", async () => {
  app.engine.shelf.check = {
    ...FAKE_CHECK,
    published: { task: "qa", expected: [[0.8971]], found: [[0.8969]], largestDifference: 0.0002 },
  };
  await openModels();
  await dialog().getByRole("button", { name: "Check again" }).click();
  await expect.element(dialog().getByText("verified on this processor: cosine 0.9996")).toBeVisible();
  await expect.element(dialog().getByRole("row", { name: "256 0.9996" })).toBeVisible();
  await expect.element(dialog().getByRole("row", { name: "1, 1 0.8971 0.8969" })).toBeVisible();

  await app.actions.model.setDevice("webgpu");
  await dialog().getByRole("button", { name: "Check again" }).click();
  await expect.element(dialog().getByText("verified on this GPU: cosine 0.9996")).toBeVisible();
  app.engine.shelf.check = { ...FAKE_CHECK, lowestCosine: 0.42, texts: [{ lengthTokens: 64, cosine: 0.42 }] };
  await dialog().getByRole("button", { name: "Check again" }).click();
  await expect.element(dialog().getByRole("alert")).toHaveTextContent(/^Do not trust .* wrong on this GPU/);
  await expect.element(dialog().getByRole("row", { name: "64 0.4200 too low" })).toBeVisible();
  await dialog().getByRole("button", { name: "Use WASM" }).click();
  await expect.poll(() => app.state.getState().model.status?.device.used).toBe("wasm");
});

test("a model that cannot be added says why, and offers nothing to press", async () => {
  await openModels();
  await expect.element(row("AAR (ANCE)").getByText(/cannot be added here.* T5 /)).toBeVisible();
  expect(row("AAR (ANCE)").getByRole("button").elements()).toEqual([]);
  await expect.element(row("LLM-Embedder").getByText("219 MB in q8")).toBeVisible();
  await expect.element(row("AAR (ANCE)").getByText("unknown").first()).toBeVisible();
});

test("a token that is gone with the engine is told on the page and where it is given", async () => {
  await openModels();
  await app.actions.models.setHub({ token: "hf_secret" });
  await dialog().getByRole("button", { name: "Close" }).click();
  await app.engine.hub({ token: "" });
  app.engine.emit({ type: "restarted", why: "A worker ended" });
  await expect.element(page.getByText(/The token for the hub is gone/)).toBeVisible();
  await page.getByRole("button", { name: "Give the token" }).click();
  await dialog().getByLabelText("Token, kept for this visit only").fill("hf_again");
  await dialog().getByRole("button", { name: "Use this token" }).click();
  await expect.element(page.getByText(/The token for the hub is gone/)).not.toBeInTheDocument();
});

test("a token goes to the engine, is never shown, and can be forgotten", async () => {
  await openModels();
  await dialog().getByText("How the hub is reached").click();
  const token = dialog().getByLabelText("Token, kept for this visit only");
  await expect.element(token).toHaveAttribute("type", "password");
  await token.fill("hf_secret");
  await dialog().getByRole("button", { name: "Use this token" }).click();
  await expect.element(token).toHaveValue("");
  await dialog().getByRole("button", { name: "Forget the token" }).click();
  await expect.element(dialog().getByRole("button", { name: "Forget the token" })).not.toBeInTheDocument();
  await dialog().getByLabelText("Address, or that of a mirror").fill("https://mirror.example");
  await dialog().getByRole("button", { name: "Use this address" }).click();
  await expect
    .element(row("LLM-Embedder").getByRole("button", { name: "Get from mirror.example" }))
    .toBeVisible();
});

test("another model of the hub is asked for by its name, with how its vectors are made", async () => {
  await openModels();
  await dialog().getByText("From the hub").click();
  const get = dialog().getByRole("button", { name: "Get it from huggingface.co" });
  await dialog().getByLabelText("Its name there").fill("nonsense");
  await expect.element(get).toBeDisabled();
  await dialog().getByLabelText("Its name there").fill("intfloat/e5-small-v2");
  await dialog().getByText("How its vectors are made").click();
  await dialog().getByLabelText("One vector of a text").selectOptions("mean");
  await dialog().getByLabelText("In front of a query").fill("query: ");
  await dialog().getByLabelText("In front of a passage").fill("passage: ");
  await get.click();
  await expect.element(dialog().getByRole("heading", { name: "In use: e5-small-v2" })).toBeVisible();
  expect(requests()).toEqual([
    {
      origin: { from: "hub", repository: "intfloat/e5-small-v2" },
      dtype: "q8",
      pooling: "mean",
      prefixes: { query: "query: ", key: "passage: " },
    },
  ]);
});

test("model files that are dropped are asked about before anything is converted; a document beside them is added", async () => {
  const dataTransfer = new DataTransfer();
  for (const name of ["model.safetensors", "config.json", "vocab.txt", "astrolabe.md"])
    dataTransfer.items.add(new File([`An astrolabe: ${name}.`], name));
  window.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
  const found = page.getByRole("region", { name: "A model from this computer" });
  await expect.element(found.getByText(/^3 files, .* weights in model.safetensors/)).toBeVisible();
  expect(app.engine.calls).not.toContain("addModel");
  await found.getByLabelText("Call it").fill("Tiny BERT");
  await found.getByRole("button", { name: "Convert and keep it" }).click();
  await expect.element(dialog().getByRole("heading", { name: "In use: Tiny BERT" })).toBeVisible();
  expect(requests()).toMatchObject([{ origin: { from: "files", name: "Tiny BERT" }, dtype: "q8" }]);
  await dialog().getByRole("button", { name: "Close" }).click();
  await expect.element(page.getByRole("button", { name: "Remove astrolabe.md" })).toBeVisible();
});

test("picked files without all that a model needs name what is missing", async () => {
  await openModels();
  await dialog().getByText("From this computer").click();
  const files = dialog().getByLabelText("Files of a model");
  await userEvent.upload(files, new File(["a"], "notes.md"));
  await expect.element(dialog().getByText(/No weights of a model are among these files/)).toBeVisible();
  await userEvent.upload(files, new File(["a"], "model.safetensors"));
  await expect
    .element(dialog().getByText(/^Missing: config.json, and tokenizer.json or vocab.txt/))
    .toBeVisible();
  await expect.element(dialog().getByRole("button", { name: "Convert and keep it" })).toBeDisabled();
});

test("a failure is told inside of the dialog, and a GPU's with the other device", async () => {
  await app.actions.model.setDevice("webgpu");
  app.engine.failWith("setModel", new SextantError("gpu/wrong-vectors", "This GPU computes it wrongly."));
  await openModels();
  await row("Contriever").getByRole("button", { name: "Use Contriever in q8" }).click();
  await expect
    .element(dialog().getByRole("alert"))
    .toHaveTextContent(/Opening Contriever: .* gpu\/wrong-vectors/);
  await dialog().getByRole("alert").getByRole("button", { name: "Use WASM" }).click();
  await expect.poll(() => app.state.getState().model.status?.device.asked).toBe("wasm");
});

test("no model at start: nothing takes its place, and the bundled one is offered", async () => {
  app.unmount();
  app = await mountApp(async ({ actions, engine }) => {
    engine.failWith("status", new SextantError("model/not-found", "PEG is gone from this device."));
    await actions.model.start(new AbortController().signal);
    engine.failWith("status", null);
  });
  await expect.element(page.getByText(/PEG is gone from this device/)).toBeVisible();
  expect(app.engine.calls).not.toContain("setModel");
  await page.getByRole("button", { name: "Use the bundled model" }).click();
  await expect.element(page.getByText(/PEG is gone from this device/)).not.toBeInTheDocument();
  expect(app.state.getState().model.status?.model.id).toBe("mini");
});

test("by keyboard in and out, with the focus back where it was", async () => {
  const focused = () => document.activeElement;
  for (const way of [
    () => page.getByRole("button", { name: /^Models/ }),
    () => page.getByRole("button", { name: /^Instruments/ }),
  ]) {
    const opener = way().element();
    if (!(opener instanceof HTMLElement)) throw new Error("no button");
    opener.focus();
    await userEvent.keyboard("{Enter}");
    if (opener.getAttribute("aria-label")?.startsWith("Instruments")) {
      const button = page.getByRole("button", { name: "Choose another model" });
      await expect.element(button).toBeVisible();
      const choose = button.element();
      if (!(choose instanceof HTMLElement)) throw new Error("no button");
      choose.focus();
      await userEvent.keyboard("{Enter}");
    }
    await expect.element(row("LLM-Embedder")).toBeVisible();
    await expect.poll(() => dialog().element().contains(focused())).toBe(true);
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog()).not.toBeInTheDocument();
    await expect.poll(focused).toBe(opener);
  }
});

test("nothing in it scrolls sideways on a small phone", async () => {
  await page.viewport(320, 640);
  app.actions.panel.showModels(true);
  await expect.element(row("LLM-Embedder")).toBeVisible();
  for (const details of document.querySelectorAll<HTMLDetailsElement>("[role=dialog] details"))
    details.open = true;
  await row("LLM-Embedder").getByRole("button", { name: "Get from huggingface.co" }).click();
  await dialog().getByRole("button", { name: "Check again" }).click();
  await expect.element(dialog().getByRole("table")).toBeVisible();
  const { scrollWidth, clientWidth } = dialog().element();
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});
