import { saveFile } from "../parts/save-file.ts";
import { fontRulesFor } from "./picture-fonts.ts";

/** Properties of a drawing that come from the stylesheets; a saved picture carries them itself, as attributes. */
const COLOURS = ["color", "fill", "stroke"] as const;
const STYLES = [
  "fill-opacity",
  "stroke-width",
  "stroke-opacity",
  "stroke-linejoin",
  "stroke-linecap",
  "stroke-dasharray",
  "paint-order",
  "opacity",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "text-anchor",
  "display",
] as const;

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 16;
const SCALE = 2;

/**
 * Saves what a frame draws as a file: every picture and legend in it at its place, on the paper of the theme. False when
 * nothing is drawn there.
 */
export async function savePicture(frame: HTMLElement, name: string, format: "svg" | "png"): Promise<boolean> {
  const svg = composePicture(frame);
  if (svg === null) return false;
  const style = make("style", {});
  style.textContent = await fontRulesFor(svg);
  svg.prepend(style);
  const source = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
  const file = format === "svg" ? source : await drawPng(source, svg);
  saveFile(`${name}.${format}`, file);
  return true;
}

/** One SVG of all drawings in a frame; null when there is none. */
export function composePicture(frame: HTMLElement): SVGSVGElement | null {
  const selector = "svg[data-picture], canvas, [data-legend]";
  const parts = [...frame.querySelectorAll<SVGSVGElement | HTMLCanvasElement | HTMLElement>(selector)]
    .map((part) => ({ part, place: part.getBoundingClientRect() }))
    .filter(({ place }) => place.width > 0 && place.height > 0);
  if (!parts.some(({ part }) => part instanceof SVGSVGElement)) return null;
  const left = frame.getBoundingClientRect().left - MARGIN;
  const top = Math.min(...parts.map(({ place }) => place.top)) - MARGIN;
  const width = Math.ceil(frame.getBoundingClientRect().width) + 2 * MARGIN;
  const height = Math.ceil(Math.max(...parts.map(({ place }) => place.bottom)) - top) + MARGIN;
  const whole = make("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(make("rect", { width, height, fill: paperOf(frame) }));
  for (const { part, place } of parts) {
    const at = { x: place.left - left, y: place.top - top };
    if (part instanceof HTMLCanvasElement) whole.append(imageOf(part, at, place));
    else if (part instanceof SVGSVGElement) whole.append(styledCopy(part, at));
    else whole.append(legendOf(part, { x: left, y: top }));
  }
  return whole;
}

function make<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

interface At {
  readonly x: number;
  readonly y: number;
}

function paperOf(frame: HTMLElement): string {
  for (let element: HTMLElement | null = frame; element; element = element.parentElement) {
    const { backgroundColor } = getComputedStyle(element);
    if (backgroundColor !== "rgba(0, 0, 0, 0)") return plainColour(backgroundColor);
  }
  return "white";
}

function styledCopy(drawing: SVGSVGElement, { x, y }: At): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [i, original] of [drawing, ...drawing.querySelectorAll<SVGElement>("*")].entries()) {
    const computed = getComputedStyle(original);
    for (const name of STYLES) copies[i]?.setAttribute(name, computed.getPropertyValue(name));
    for (const name of COLOURS) copies[i]?.setAttribute(name, plainColour(computed.getPropertyValue(name)));
    copies[i]?.removeAttribute("class");
  }
  copy.setAttribute("x", String(x));
  copy.setAttribute("y", String(y));
  const isOverCanvas = drawing.parentElement?.querySelector(":scope > canvas") !== null;
  copy.setAttribute("overflow", isOverCanvas ? "hidden" : "visible");
  return copy;
}

function imageOf(canvas: HTMLCanvasElement, { x, y }: At, { width, height }: DOMRect): SVGImageElement {
  const isCoarse = getComputedStyle(canvas).imageRendering === "pixelated";
  const own = isCoarse ? { "image-rendering": "pixelated" } : {};
  return make("image", { x, y, width, height, href: canvas.toDataURL("image/png"), ...own });
}

/** The entries of a legend: a dot in the colour of each one's sign, and what it says. */
function legendOf(list: HTMLElement, { x, y }: At): SVGGElement {
  const group = make("g", {});
  for (const entry of list.querySelectorAll("li")) {
    const sign = entry.firstElementChild ?? entry;
    const [dot, box] = [sign.getBoundingClientRect(), entry.getBoundingClientRect()];
    const computed = getComputedStyle(entry);
    const fill = plainColour(getComputedStyle(sign).backgroundColor);
    const [cx, cy] = [dot.left + dot.width / 2 - x, dot.top + dot.height / 2 - y];
    const text = make("text", {
      x: dot.right - x + 4,
      y: (box.top + box.bottom) / 2 - y + Number.parseFloat(computed.fontSize) / 3,
      fill: plainColour(computed.color),
      "font-family": computed.fontFamily,
      "font-size": computed.fontSize,
      "font-style": computed.fontStyle,
    });
    text.textContent = entry.textContent.trim();
    group.append(make("circle", { cx, cy, r: dot.width / 2, fill }), text);
  }
  return group;
}

let probe: CanvasRenderingContext2D | null = null;
const known = new Map<string, string>();

/** A computed colour as every program reads it: `oklab(…)` and its like become `rgb(…)`. */
function plainColour(colour: string): string {
  if (!/^[a-z]+\(/.test(colour) || /^(rgba?|url)\(/.test(colour)) return colour;
  const before = known.get(colour);
  if (before !== undefined) return before;
  probe ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!probe) return colour;
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 0] = probe.getImageData(0, 0, 1, 1).data;
  const plain = a === 255 ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${(a / 255).toFixed(3)})`;
  known.set(colour, plain);
  return plain;
}

async function drawPng(source: Blob, svg: SVGSVGElement): Promise<Blob> {
  const url = URL.createObjectURL(source);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Number(svg.getAttribute("width")) * SCALE;
    canvas.height = Number(svg.getAttribute("height")) * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new Error("The picture is too large for a PNG. Save it as SVG.")),
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
