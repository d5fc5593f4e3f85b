import { describe, expect, test } from "vitest";
import { toPlainHtml } from "./plain-html.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readPage } from "./read-page.ts";
import { createAnchors, parseBase, routeOf, type Routes } from "./routes.ts";

const routes: Routes = {
  generator: "docusaurus",
  base: "",
  cleanUrls: false,
  language: "en",
  locales: ["de"],
};
const read = (source: string, file = "guide/tea.md", own: Partial<Routes> = {}) => {
  const found = readMarkdown(file, source, { ...routes, ...own });
  if (!found) throw new Error("left out");
  return found.page;
};
const outline = (source: string, file?: string) =>
  read(source, file).sections.map(({ anchor, headings, blocks }) => [anchor, headings.join("/"), blocks]);

describe("a Markdown page", () => {
  test("has the title of its front matter, sections by heading, GitHub's anchors", () => {
    const source = `---\ntitle: "All about tea"\nsidebar_position: 3\n---\n\nFirst *words*, [linked](x.md).\n
## Green & \`sencha\`\n\n- one\n- **two**\n\n### What's new?\n\n\`\`\`sh\n# no heading\nmake  tea\n\`\`\`\n
## Green & \`sencha\`\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n## Own place {#here}\n\nEnd.`;
    expect(read(source).title).toBe("All about tea");
    expect(outline(source)).toEqual([
      [null, "", ["First words, linked."]],
      ["green--sencha", "Green & sencha", ["one", "two"]],
      ["whats-new", "Green & sencha/What's new?", ["# no heading\nmake  tea"]],
      ["green--sencha-1", "Green & sencha", ["a b", "1 2"]],
      ["here", "Own place", ["End."]],
    ]);
  });

  test("of MDX is read without imports, components and expressions", () => {
    const source = `import X from './x'\nimport {\n  Y,\n} from './y'\n\nexport const n = 1\n\n# Tabs\n
<Tabs items={['a', 'b']} render={() => 1}>\n  <TabItem label="One">\n\n    Inside the tab.\n\n  </TabItem>\n</Tabs>\n
:::note[Mind]\nBe <b>careful</b> with {props.name} and \`{code}\`.\n:::\n\n{/* hidden */}\n`;
    const text = outline(source, "x.mdx")
      .flatMap(([, , blocks]) => blocks)
      .join(" ");
    expect(text).toMatch(/^Inside the tab\. Mind Be careful with\s+and\s/);
    for (const gone of ["import", "export", "Tab", "hidden", "props"]) expect(text).not.toContain(`${gone} `);
  });

  test("is left out where it is a draft or asks to be", () => {
    for (const line of ["draft: true", "search: false", "pagefind: false", "unlisted: true"])
      expect(readMarkdown("a.md", `---\n${line}\n---\n# A`, routes)).toBeNull();
  });

  test("keeps what broken front matter, unclosed fences and scripts leave", () => {
    expect(read("---\ntitle: [unclosed\n---\n# Real\n\ntext").title).toBe("Real");
    expect(outline("# A\n\n```js\n# code\n\nrest")).toEqual([["a", "", ["# code\n\nrest"]]]);
    expect(outline("# A <script>alert(1)</script>\n\n<script>\nalert(2)\n</script>\n\ntext")).toEqual([
      ["a-alert1", "", ["text"]],
    ]);
    expect(read("").title).toBe("guide/tea");
  });

  test("says its language by its folder or itself", () => {
    expect(read("# A", "de/a.md").language).toBe("de");
    expect(read("---\nlang: zh-CN\n---\n# A").language).toBe("zh-cn");
    expect(read("# A").language).toBe("en");
  });

  test("of megabytes is read by its lines, with headings, code and every word", () => {
    const bad = `${"[".repeat(20_000)}\n\n${"<a ".repeat(20_000)}\n\n${"word ".repeat(250_000)}`;
    const parts = outline(`# List\n\n${bad}\n\n## Second\n\n\`\`\`\ncode\n\`\`\`\n`);
    expect(parts.map(([anchor]) => anchor)).toEqual(["list", "second"]);
    expect(parts[0]?.[2]?.at(-1)).toHaveLength(1_249_999);
    expect(parts[1]?.[2]).toEqual(["code"]);
  });

  test("becomes markup that says the same to Pagefind", () => {
    const page = read("# Tea <b>x</b>\n\nLead \\<i>.\n\n## Green\n\n```\na < b\n```\n\n### Deep\n\ntext");
    const again = readPage(page.path, toPlainHtml(page)).page;
    expect(again.title).toBe(page.title);
    expect(again.sections.map(({ anchor, headings, blocks }) => [anchor, headings, blocks])).toEqual(
      page.sections.map(({ anchor, headings, blocks }) => [
        headings.length === 0 ? null : anchor,
        headings,
        blocks,
      ]),
    );
  });
});

describe("routes", () => {
  const cases = [
    ["vitepress", "index.md", {}, "index.html"],
    ["vitepress", "guide/index.md", {}, "guide/index.html"],
    ["vitepress", "guide/What Is.md", {}, "guide/What Is.html"],
    ["docusaurus", "README.md", {}, "index.html"],
    ["docusaurus", "01-start/02_intro.mdx", {}, "start/intro"],
    ["docusaurus", "tea/tea.md", {}, "tea/index.html"],
    ["docusaurus", "blog/2024-01-02-news.md", {}, "blog/2024-01-02-news"],
    ["docusaurus", "a/b.md", { id: "c" }, "a/c"],
    ["docusaurus", "a/b.md", { slug: "/x/y" }, "x/y"],
    ["docusaurus", "a/b.md", { slug: "y" }, "a/y"],
    ["docusaurus", "a/b.md", { slug: "/" }, "index.html"],
    ["starlight", "guides/My Guide.mdx", {}, "guides/my-guide/index.html"],
    ["starlight", "index.mdx", {}, "index.html"],
    ["starlight", "guides/a.md", { slug: "other/b" }, "other/b/index.html"],
  ] as const;
  test.each(cases)("%s makes of %s (%o) %s", (generator, file, own, route) => {
    expect(routeOf(file, own, { ...routes, generator })).toBe(route);
    expect(routeOf(file, own, { ...routes, generator, base: "docs/" })).toBe(`docs/${route}`);
  });

  test("are without extension where the site's are", () => {
    expect(routeOf("a/b.md", {}, { ...routes, generator: "vitepress", cleanUrls: true })).toBe("a/b");
  });

  test("take a base however it is written", () => {
    expect(["/docs/", "docs", "./docs/v2/", "/", ""].map(parseBase)).toEqual([
      "docs/",
      "docs/",
      "docs/v2/",
      "",
      "",
    ]);
  });

  test("of VitePress have its own anchors", () => {
    const anchor = createAnchors("vitepress");
    expect(["What's new?", "2. Über & unter", "what s new"].map(anchor)).toEqual([
      "what-s-new",
      "_2-uber-unter",
      "what-s-new-1",
    ]);
  });
});
