/** The angle between two unit vectors with this inner product. Units: degrees, 0 to 180. */
export function cosineToDegrees(cosine: number): number {
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}

/** An angle as a navigator reads it off: whole degrees and a tenth, `41.3°`. */
export function formatDegrees(degrees: number): string {
  return `${degrees.toFixed(1)}°`;
}
