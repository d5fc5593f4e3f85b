import { h } from "vue";
import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import "../../../src/app/style/colour.css";
import "../../../src/app/style/type.css";
import "./chart.css";
import "./pages.css";
import "./bar.css";
import "./code.css";
import { SextantMark } from "./mark.ts";

/** VitePress's theme on chart paper, with our own search in the bar instead of its own. */
export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      "nav-bar-title-before": () => h(SextantMark),
      "nav-bar-content-before": () => h("sextant-search", { class: "bar-search" }),
    }),
} satisfies Theme;
