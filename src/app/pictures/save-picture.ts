/** Properties of a drawing that come from the stylesheets; a saved picture carries them itself. */
const STYLES = [
  "color",
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "paint-order",
  "stroke-dasharray",
  "stroke-linecap",
  "opacity",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "text-anchor",
  "display",
] as const;

const SCALE = 2;

/** Saves what a frame draws as a file: every SVG and canvas in it, one below the other, on the paper of the theme. */
export async function savePicture(frame: HTMLElement, name: string, format: "svg" | "png"): Promise<void> {
  const svg = composePicture(frame);
  const source = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
  const file = format === "svg" ? source : await drawPng(source, svg);
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** One SVG of all drawings in a frame, with nothing outside of itself. */
export function composePicture(frame: HTMLElement): SVGSVGElement {
  const box = frame.getBoundingClientRect();
  const drawings = [...frame.querySelectorAll<SVGSVGElement | HTMLCanvasElement>("svg, canvas")].filter(
    (one) => one.parentElement?.closest("svg") === null && one.clientWidth > 0,
  );
  const whole = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const places = drawings.map((one) => one.getBoundingClientRect());
  const top = Math.min(...places.map((place) => place.top));
  const bottom = Math.max(...places.map((place) => place.bottom));
  const [width, height] = [Math.ceil(box.width) + 32, Math.ceil(bottom - top) + 32];
  for (const [key, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    whole.setAttribute(key, String(value));
  whole.append(paper(width, height, frame));
  for (const [i, drawing] of drawings.entries()) {
    const place = places[i];
    if (!place) continue;
    const at = { x: String(place.left - box.left + 16), y: String(place.top - top + 16) };
    const copy = drawing instanceof HTMLCanvasElement ? imageOf(drawing, place) : styledCopy(drawing);
    for (const [key, value] of Object.entries(at)) copy.setAttribute(key, value);
    whole.append(copy);
  }
  return whole;
}

function paper(width: number, height: number, frame: HTMLElement): SVGRectElement {
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", String(width));
  ground.setAttribute("height", String(height));
  ground.setAttribute("fill", paperOf(frame));
  return ground;
}

function paperOf(frame: HTMLElement): string {
  for (let element: HTMLElement | null = frame; element; element = element.parentElement) {
    const { backgroundColor } = getComputedStyle(element);
    if (backgroundColor !== "rgba(0, 0, 0, 0)") return backgroundColor;
  }
  return "white";
}

function styledCopy(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [i, original] of [drawing, ...drawing.querySelectorAll<SVGElement>("*")].entries()) {
    const computed = getComputedStyle(original);
    const style = STYLES.map((name) => `${name}:${computed.getPropertyValue(name)}`).join(";");
    copies[i]?.setAttribute("style", style);
  }
  copy.style.overflow = "visible";
  return copy;
}

function imageOf(canvas: HTMLCanvasElement, { width, height }: DOMRect): SVGImageElement {
  const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
  image.setAttribute("href", canvas.toDataURL("image/png"));
  image.setAttribute("width", String(width));
  image.setAttribute("height", String(height));
  return image;
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
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large."))));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
