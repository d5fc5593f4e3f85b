type Rgb = readonly [number, number, number];

/** The theme's colours at an element, as a canvas needs them. */
export function coloursOf(element: Element): { readonly paper: Rgb; readonly hue: Rgb; readonly ink: Rgb } {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const style = getComputedStyle(element);
  const read = (name: string, otherwise: string): Rgb => {
    if (!probe) return [0, 0, 0];
    const holder = document.createElement("span");
    holder.style.color = `var(${name}, ${otherwise})`;
    element.parentElement?.append(holder);
    probe.fillStyle = getComputedStyle(holder).color || style.color;
    holder.remove();
    probe.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = probe.getImageData(0, 0, 1, 1).data;
    return [r, g, b];
  };
  return { paper: read("--paper", "white"), hue: read("--hue", "black"), ink: read("--ink", "black") };
}
