import { expect, test } from "vitest";
import { composePicture } from "./save-picture.ts";

test("a saved picture carries its own styles and every drawing of its frame, on the frame's ground", () => {
  const style = document.createElement("style");
  style.textContent =
    ".frame { background: rgb(1, 2, 3); inline-size: 200px } .line { stroke: rgb(9, 8, 7) }";
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.innerHTML =
    '<svg width="200" height="50"><path class="line" d="M0 0H9"/><svg width="9" height="9"></svg></svg>' +
    '<svg width="200" height="30"><text>7</text></svg>';
  document.body.append(style, frame);
  const whole = composePicture(frame);
  expect([...whole.children].map(({ tagName }) => tagName)).toEqual(["rect", "svg", "svg"]);
  expect(whole.querySelector("rect")?.getAttribute("fill")).toBe("rgb(1, 2, 3)");
  expect(whole.querySelector("path")?.style.stroke).toBe("rgb(9, 8, 7)");
  const [first, second] = [...whole.children].slice(1).map((one) => Number(one.getAttribute("y")));
  expect(second! - first!).toBeGreaterThanOrEqual(50);
  expect(Number(whole.getAttribute("height"))).toBeGreaterThanOrEqual(80);
  frame.remove();
  style.remove();
});
