/** `2024-05-01T10:32:07.5+02:00` and its kin; nothing finer than milliseconds. */
const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d))?(?:[.,](\d{1,3})\d*)?)?[ ]?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;

/** What tells where a clock stood that is written in words. */
const ZONE = /\b(?:Z|UTC|GMT|[ECMP][SD]T)\b|:\d\d *[+-]\d\d:?\d\d\b/;

/**
 * A written time as ISO 8601: with a zone as that moment in UTC, else as it stands, for it is the clock of whoever was
 * there. No outcome depends on the zone of the machine. Null for what is no time.
 */
export function readMoment(written: string): string | null {
  const text = written.trim();
  const parts = ISO.exec(text);
  if (parts === null) return readWords(text);
  const [, day = "", clock = "00:00", seconds, fraction, zone] = parts;
  const local = `${day}T${clock}${seconds === undefined ? "" : `:${seconds}`}${fraction === undefined ? "" : `.${fraction}`}`;
  const time = new Date(`${local}${offset(zone)}`);
  if (Number.isNaN(time.getTime())) return null;
  return zone === undefined ? local : time.toISOString();
}

/** `+0900` and `+09` with the colon that ISO 8601 wants; UTC where there is none, so that the machine's zone is not asked. */
function offset(zone = "Z"): string {
  const [, hours, minutes = "00"] = /^([+-]\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return hours === undefined ? "Z" : `${hours}:${minutes}`;
}

/** `May 1, 2024 10:32 AM`, as far as the runtime reads it. */
function readWords(text: string): string | null {
  if (!/\d{4}/.test(text)) return null;
  const isZoned = ZONE.test(text);
  const time = new Date(isZoned ? text : `${text} UTC`);
  if (Number.isNaN(time.getTime())) return null;
  return isZoned ? time.toISOString() : time.toISOString().slice(0, -1);
}
