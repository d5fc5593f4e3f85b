const STORE = "sextant-map";

/** Places of a map that was drawn before, by passage. */
export interface KeptPlaces {
  readonly passageIds: Int32Array;
  /** f32[passages, 2]. */
  readonly places: Float32Array;
}

/** Reads what was kept on this device under a name: one map a name. */
export async function readPlaces(name: string): Promise<KeptPlaces | null> {
  try {
    const kept = await (await caches.open(STORE)).match(addressOf(name));
    if (!kept) return null;
    const bytes = await kept.arrayBuffer();
    const rows = bytes.byteLength / 12;
    return { passageIds: new Int32Array(bytes, 0, rows), places: new Float32Array(bytes, rows * 4) };
  } catch {
    // Without storage a map is drawn anew each time, and looks the same.
    return null;
  }
}

export async function keepPlaces(name: string, { passageIds, places }: KeptPlaces): Promise<void> {
  try {
    const body = new Blob([passageIds.slice(), places.slice()]);
    await (await caches.open(STORE)).put(addressOf(name), new Response(body));
  } catch {
    // As above: nothing is lost but time.
  }
}

const addressOf = (name: string): string => `/map-2/${encodeURIComponent(name)}`;
