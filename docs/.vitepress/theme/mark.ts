import { h, type FunctionalComponent } from "vue";

/** The project's sign as the app's masthead draws it: a frame of sixty degrees, its limb, and the index arm. */
export const SextantMark: FunctionalComponent = () =>
  h("svg", { class: "mark", viewBox: "0 0 32 32", "aria-hidden": "true" }, [
    h("path", { class: "mark-frame", d: "M16 3L4 24M16 3L28 24" }),
    h("path", { class: "mark-limb", d: "M3 23.4A26 26 0 0 0 29 23.4" }),
    h("path", { d: "M6.5 25l-.9 3M11 26.4l-.5 3.1M16 26.9v3.1M21 26.4l.5 3.1M25.5 25l.9 3" }),
    h("path", { class: "mark-arm", d: "M16 3L20.2 28.5" }),
    h("circle", { class: "mark-pivot", cx: 16, cy: 3.5, r: 2 }),
  ]);
