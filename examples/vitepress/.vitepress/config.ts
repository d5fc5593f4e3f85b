import { defineConfig } from "vitepress";

export default defineConfig({
  title: "The small boat's manual",
  themeConfig: {
    sidebar: [
      {
        text: "Manual",
        items: [
          { text: "Safety", link: "/safety" },
          { text: "Weather", link: "/weather" },
        ],
      },
    ],
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("sextant-") } } },
  transformHead: ({ siteData: { base } }) => [
    ["script", { type: "module", src: `${base}sextant/sextant-search.js` }],
  ],
  transformHtml: (html) => html.replace(/<main\b/, "<main data-pagefind-body"),
});
