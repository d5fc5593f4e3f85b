import { afterEach, expect, test, vi } from "vitest";
import { fontRulesFor } from "./picture-fonts.ts";
import { composePicture } from "./save-picture.ts";

const FONT = "data:font/woff2;base64,d09GMgABAAAAAA==";
const added: Element[] = [];
afterEach(() => {
  for (const element of added.splice(0)) element.remove();
});

function frameWith(html: string, css: string): HTMLElement {
  const style = document.createElement("style");
  style.textContent = css;
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.innerHTML = html;
  document.body.append(style, frame);
  added.push(style, frame);
  return frame;
}

test("a saved picture carries its own styles and every drawing of its frame, on the frame's ground", () => {
  const frame = frameWith(
    '<svg width="9" height="9"></svg>' +
      '<svg width="200" height="50" data-picture="a"><path class="line" d="M0 0H9"/><svg width="9" height="9"></svg></svg>' +
      '<svg width="200" height="30" data-picture="b"><text>7</text></svg>' +
      '<ul data-legend><li><span style="background: rgb(4, 5, 6); display: inline-block; width: 8px; height: 8px"></span>build.md</li></ul>',
    `.frame { background: rgb(1, 2, 3); inline-size: 200px }
     .line { stroke: color-mix(in oklab, rgb(9, 8, 7) 100%, white) }`,
  );
  const whole = composePicture(frame)!;
  expect([...whole.children].map(({ tagName }) => tagName)).toEqual(["rect", "svg", "svg", "g"]);
  expect(whole.querySelector("rect")?.getAttribute("fill")).toBe("rgb(1, 2, 3)");
  expect(whole.querySelector("path")?.getAttribute("stroke")).toBe("rgb(9, 8, 7)");
  expect(whole.querySelector("circle")?.getAttribute("fill")).toBe("rgb(4, 5, 6)");
  expect(whole.querySelector("g > text")?.textContent).toBe("build.md");
  const [first, second] = [...whole.querySelectorAll(":scope > svg")].map((one) =>
    Number(one.getAttribute("y")),
  );
  expect(second! - first!).toBeGreaterThanOrEqual(50);
  expect(Number(whole.getAttribute("height"))).toBeGreaterThanOrEqual(80);
  expect(whole.querySelector("[style], [class]")).toBeNull();
});

test("a frame without a drawing is no picture", () => {
  expect(composePicture(frameWith('<svg width="9" height="9"></svg><p>later</p>', ""))).toBeNull();
});

test("of the page's fonts those go along that its texts are set in", async () => {
  const face = (family: string, more: string) =>
    `@font-face { font-family: "${family}"; src: url("${FONT}") format("woff2"); ${more} }`;
  const frame = frameWith(
    '<svg width="90" height="20" data-picture="a"><text class="name">Sail</text></svg>',
    `.name { font: 12px "Sea", sans-serif }
     ${face("Sea", "unicode-range: U+0000-00FF")} ${face("Sea", "unicode-range: U+0400-04FF")}
     ${face("Sea", "font-style: italic")} ${face("Land", "")}`,
  );
  const rules = await fontRulesFor(composePicture(frame)!);
  expect(rules.match(/@font-face/g)).toHaveLength(1);
  expect(rules).toContain("data:font/woff2;base64,");
  expect(rules).toContain("U+0");
});

test("a font that cannot be read is no font of the picture", async () => {
  const frame = frameWith(
    '<svg width="90" height="20" data-picture="a"><text class="name">Sail</text></svg>',
    `.name { font: 12px "Sea", sans-serif } @font-face { font-family: "Sea"; src: url("/nowhere.woff2") format("woff2") }`,
  );
  const picture = composePicture(frame)!;
  const fetched = vi
    .spyOn(globalThis, "fetch")
    .mockResolvedValue(new Response("<!doctype html>", { status: 404 }));
  await expect(fontRulesFor(picture)).rejects.toThrow("404");
  expect(fetched).toHaveBeenCalledOnce();
  fetched.mockRestore();
});
