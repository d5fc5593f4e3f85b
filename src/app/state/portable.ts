import type { Environment } from "./environment.ts";
import { PANEL_PREFERENCES } from "./panel.ts";
import { REFINE_PREFERENCES } from "./refine.ts";

/**
 * What a person chose in the page and takes along to another device. Addresses of servers stay: a file from somebody else
 * must not decide where questions go.
 */
const PORTABLE = [...PANEL_PREFERENCES, ...REFINE_PREFERENCES];

type Preferences = Pick<Environment, "readPreference" | "writePreference">;

export function readPortable({ readPreference }: Preferences): Readonly<Record<string, string>> {
  const chosen: Record<string, string> = {};
  for (const name of PORTABLE) {
    const value = readPreference(name);
    if (value !== null) chosen[name] = value;
  }
  return chosen;
}

/** Takes over what was not chosen here yet; the page reads it at its next start. */
export function takePortable(
  { readPreference, writePreference }: Preferences,
  preferences: Readonly<Record<string, string>>,
): void {
  for (const name of PORTABLE) {
    const value = preferences[name];
    if (value !== undefined && readPreference(name) === null) writePreference(name, value);
  }
}
