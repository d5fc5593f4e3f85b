/**
 * How long a server asks to be left alone, in milliseconds, from the header `Retry-After`: seconds or a date. undefined where
 * it does not say, or nothing that can be read.
 *
 * Source: RFC 9110, 10.2.3.
 */
export function readRetryAfter(
  { headers }: Pick<Response, "headers">,
  nowMs = Date.now(),
): number | undefined {
  const value = headers.get("Retry-After")?.trim();
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
