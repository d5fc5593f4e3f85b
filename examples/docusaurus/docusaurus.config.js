const baseUrl = process.env.BASE_URL ?? "/";

export default {
  title: "The small boat's manual",
  url: "https://example.org",
  baseUrl,
  onBrokenLinks: "throw",
  presets: [
    [
      "classic",
      {
        docs: { routeBasePath: "/" },
        blog: false,
        theme: { customCss: "./src/css/search.css" },
      },
    ],
  ],
  headTags: [
    { tagName: "script", attributes: { type: "module", src: `${baseUrl}sextant/sextant-search.js` } },
  ],
  themeConfig: {
    navbar: { title: "The small boat's manual", items: [{ type: "search", position: "right" }] },
  },
};
