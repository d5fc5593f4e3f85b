import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";

const base = process.env.BASE_URL ?? "/";

export default defineConfig({
  site: "https://example.org",
  base,
  integrations: [
    starlight({
      title: "The small boat's manual",
      pagefind: false,
      components: { Search: "./src/components/Search.astro" },
      customCss: ["./src/search.css"],
      head: [{ tag: "script", attrs: { type: "module", src: `${base}sextant/sextant-search.js` } }],
    }),
  ],
});
