export type Rgb = readonly [red: number, green: number, blue: number];

/** Colours of CSS as they are at an element, custom properties and theme included, for a canvas. Units: 0 to 255. */
export function coloursOf(element: Element, colours: readonly string[]): readonly Rgb[] {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const holder = document.createElement("span");
  element.parentElement?.append(holder);
  const read = (colour: string): Rgb => {
    if (!probe) return [0, 0, 0];
    holder.style.color = colour;
    probe.fillStyle = getComputedStyle(holder).color;
    probe.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = probe.getImageData(0, 0, 1, 1).data;
    return [r, g, b];
  };
  const found = colours.map(read);
  holder.remove();
  return found;
}
