const MARGIN_PX = 8;

/** Moves a panel that hangs below an input along the line, so that it starts with the input and stays in the window. */
export function placeBelow(input: HTMLElement, panel: HTMLElement): void {
  if (panel.hidden || !panel.isConnected) return;
  const { left, right } = input.getBoundingClientRect();
  const width = panel.offsetWidth;
  const isLtr = getComputedStyle(panel).direction === "ltr";
  const most = document.documentElement.clientWidth - MARGIN_PX - width;
  const start = Math.max(MARGIN_PX, Math.min(most, isLtr ? left : right - width));
  panel.style.left = `${start - left}px`;
  panel.style.right = "auto";
}
