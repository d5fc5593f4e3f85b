import { expect, test } from "vitest";
import { cutPassages, titleOf } from "./cut-passages.ts";
import { readPage } from "./read-page.ts";

const html = (body: string, head = "") =>
  `<!doctype html><html lang="EN-gb"><head>${head}</head><body>${body}</body></html>`;

test("sections follow headings, with the anchor that reaches each", () => {
  const { page } = readPage(
    "guide/tea.html",
    html(
      `<nav><a href="/">Home</a></nav><main><h1 id="tea">Tea <a class="header-anchor" href="#tea">#</a></h1><p>All about tea.</p>
       <h2 id="green">Green</h2><p>Steep it <b>cooler</b>.</p><ul><li>Sencha</li><li>Matcha</li></ul>
       <h3 id="shade">Shade</h3><pre>a  b\n  c</pre><h2>Black</h2><p>Boil.</p></main><footer>© us</footer>`,
      "<title>Tea | Docs</title>",
    ),
  );
  expect(page.title).toBe("Tea");
  expect(page.language).toBe("en-gb");
  expect(page.sections.map(({ anchor, headings, blocks }) => [anchor, headings.join("/"), blocks])).toEqual([
    ["tea", "", ["All about tea."]],
    ["green", "Green", ["Steep it cooler.", "Sencha", "Matcha"]],
    ["shade", "Green/Shade", ["a  b\n  c"]],
    ["shade", "Black", ["Boil."]],
  ]);
});

test("a page says by data-pagefind-… what counts, as it does to Pagefind", () => {
  const { page, marksBody } = readPage(
    "a.html",
    html(
      `<h1>Not in the body</h1><article data-pagefind-body><h2 data-pagefind-meta="title">Real title</h2>
       <p>Kept.</p><p data-pagefind-ignore>Left out.</p><div data-pagefind-weight="5"><h3 id="x">Heavy</h3><p>Much.</p></div>
       <span data-pagefind-filter="author">Ann</span><i data-pagefind-filter="kind:guide" hidden></i></article>`,
    ),
  );
  expect(marksBody).toBe(true);
  expect(page.title).toBe("Real title");
  expect(page.filters).toEqual({ author: ["Ann"], kind: ["guide"] });
  const text = page.sections.flatMap(({ blocks }) => blocks).join(" ");
  expect(text).toContain("Kept.");
  expect(text).not.toContain("Left out");
  expect(text).not.toContain("Not in the body");
  expect(page.sections.map(({ headings, weight }) => [headings.at(-1), weight])).toEqual([
    ["Real title", 1],
    ["Heavy", 5],
  ]);
});

test("a page that speaks of data-pagefind-body, in its text or in code, does not have it", () => {
  const html = `<h1>How to</h1><p>Put data-pagefind-body > on it:</p>
    <pre><code>&lt;main data-pagefind-body&gt;</code></pre><p title=" data-pagefind-body ">Done.</p>`;
  const { marksBody, page } = readPage("a.html", html);
  expect(marksBody).toBe(false);
  expect(page.sections.flatMap(({ blocks }) => blocks).join(" ")).toContain("Done.");
});

test("an id that stands twice reaches only its first place", () => {
  const { page, doubledAnchors } = readPage(
    "a.html",
    html(`<h2 id="x">One</h2><p>1</p><h2 id="x">Two</h2><p>2</p>`),
  );
  expect(doubledAnchors).toEqual(["x"]);
  expect(page.sections.map(({ anchor }) => anchor)).toEqual(["x", "x"]);
});

test("broken markup, scripts and a page without headings give text and nothing else", () => {
  const { page } = readPage(
    "a.html",
    `<title>T<script>alert(1)</script></title><p>One<div>Two<script>var three = "</p>"</script><b>Four`,
  );
  expect(page.sections.flatMap(({ blocks }) => blocks)).toEqual(["One", "TwoFour"]);
  expect(page.title).toContain("T");
});

test("a long section is cut at blocks and sentences, none longer than the limit, nothing lost", () => {
  const sentence = (n: number) => `Sentence number ${n} tells about the sea and its weather.`;
  const blocks = [
    Array.from({ length: 60 }, (_, n) => sentence(n)).join(" "),
    ...Array.from({ length: 8 }, (_, n) => sentence(100 + n)),
    "x".repeat(2500),
  ];
  const { page } = readPage("a.html", html(`<h1>A</h1>${blocks.map((one) => `<p>${one}</p>`).join("")}`));
  const passages = cutPassages(page);
  const joined = passages
    .map(({ text }) => text)
    .join(" ")
    .replace(/\s+/g, "");
  expect(joined).toBe(blocks.join("").replace(/\s+/g, ""));
  expect(Math.max(...passages.map(({ text }) => text.length))).toBeLessThanOrEqual(1100);
  expect(passages.every((passage) => titleOf(passage) === "A")).toBe(true);
});

test("a page of ten megabytes without a heading, tags never closed, is read to its end and cut", () => {
  const words = "One sentence of the sea. ".repeat(380_000);
  const { page } = readPage(
    "a.html",
    `<body>${"<div><p>x".repeat(2000)}<p>${words}<p>${"y".repeat(500_000)}`,
  );
  const passages = cutPassages(page);
  const letters = passages.reduce((sum, { text }) => sum + text.replace(/\s/g, "").length, 0);
  expect(letters).toBe(2000 + words.replace(/\s/g, "").length + 500_000);
  expect(Math.max(...passages.map(({ text }) => text.length))).toBeLessThanOrEqual(1100);
});
