const numbers = new Intl.NumberFormat("en");
const dates = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

/** `1,234`. */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** `1 passage`, `2,000 passages`. */
export function formatNoun(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `640 bytes`, `12.4 MB`: decimal units, as the browser's own storage page shows them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ["kB", "MB", "GB", "TB"] as const;
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** `less than a second`, `40 s`, `3 min`, `2 h 05 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return "less than a second";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** `12.3 ms` below a hundred, whole above. */
export function formatMs(ms: number): string {
  return `${ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

export function formatDate(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : dates.format(date);
}

/** `0.9998`: cut off rather than rounded up, so that only what is equal reads `1.0000`. */
export function formatCosine(cosine: number): string {
  return (Math.trunc(cosine * 10_000) / 10_000).toFixed(4);
}

/** `+0.42`, `−0.10`: a share of a score, with a true minus sign. */
export function formatShare(share: number): string {
  return `${share < 0 ? "−" : "+"}${Math.abs(share).toFixed(2)}`;
}
