/** Long enough for a browser that asks where to save it. */
const LINK_MS = 60_000;

/** Offers a file to be kept: the browser's own download. */
export function saveFile(name: string, file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LINK_MS);
}
