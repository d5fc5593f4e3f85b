import type { Plugin } from "vite";

const MODULE = /vitepress\/dist\/client\/app\/composables\/copyCode\.js/;
const LINE = 'clone.innerHTML = clone.innerHTML.replace(/\\n+/g, "\\n");';

/**
 * Lets the button that copies code work where a page requires trusted types: VitePress (2.0.0-alpha.20) takes the code's
 * markup for a page to drop empty lines, of which it then reads the text only.
 */
export function copyAsText(): Plugin {
  return {
    name: "sextant:copy-as-text",
    enforce: "pre",
    transform(code, id) {
      if (!MODULE.test(id)) return undefined;
      if (!code.includes(LINE))
        throw new Error("VitePress copies code in another way now: look whether this is still needed.");
      return code.replace(LINE, LINE.replaceAll("innerHTML", "textContent"));
    },
  };
}
