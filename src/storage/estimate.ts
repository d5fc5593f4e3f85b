/** What the browser says about the whole origin's storage; null where it does not say. */
export interface OriginStorage {
  readonly usageBytes: number | null;
  readonly quotaBytes: number | null;
  readonly persisted: boolean | null;
}

/** Asks the browser how much room there is and whether it may throw the data away under pressure. */
export async function estimateOrigin(): Promise<OriginStorage> {
  const storage =
    typeof navigator === "undefined" ? undefined : (navigator.storage as StorageManager | undefined);
  if (!storage) return { usageBytes: null, quotaBytes: null, persisted: null };
  const [estimate, persisted] = await Promise.all([storage.estimate(), storage.persisted()]);
  return { usageBytes: estimate.usage ?? null, quotaBytes: estimate.quota ?? null, persisted };
}
