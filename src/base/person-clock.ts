/** What the person's clock shows at a moment, as if it were in UTC. */
export function clockAt(ms: number): number {
  const offset = new Date(ms).getTimezoneOffset();
  return Number.isNaN(offset) ? ms : ms - offset * 60_000;
}

/** The moment at which the person's clock shows this. */
export function momentOf(clockMs: number): number {
  const clock = new Date(clockMs);
  const day = [clock.getUTCFullYear(), clock.getUTCMonth(), clock.getUTCDate()] as const;
  return new Date(...day, clock.getUTCHours(), clock.getUTCMinutes(), clock.getUTCSeconds()).getTime();
}
