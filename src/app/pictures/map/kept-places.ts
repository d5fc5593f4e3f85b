const STORE = "sextant-map";

/** Places of a map that was drawn before: kept on this device, one map a name. */
export async function readPlaces(name: string, key: string): Promise<Float32Array | null> {
  try {
    const kept = await (await caches.open(STORE)).match(addressOf(name));
    if (kept?.headers.get("x-key") !== key) return null;
    return new Float32Array(await kept.arrayBuffer());
  } catch {
    // Without storage a map is drawn anew each time, and looks the same.
    return null;
  }
}

export async function keepPlaces(name: string, key: string, places: Float32Array): Promise<void> {
  try {
    const body = new Blob([places.slice()]);
    await (await caches.open(STORE)).put(addressOf(name), new Response(body, { headers: { "x-key": key } }));
  } catch {
    // As above: nothing is lost but time.
  }
}

const addressOf = (name: string): string => `/map/${encodeURIComponent(name)}`;
