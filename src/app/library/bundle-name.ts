/** `Guides 2026-11-21.sextant.zip`, without what a file's name cannot have. */
export function bundleName(name: string, now: Date): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 80);
  return `${safe || "sextant"} ${now.toISOString().slice(0, 10)}.sextant.zip`;
}

export function isBundleName(name: string): boolean {
  return /\.sextant\.zip$/i.test(name);
}
