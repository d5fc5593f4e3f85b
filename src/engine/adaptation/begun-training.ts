import type { AdaptationRequest, AdapterKey, Storage } from "../../contract/index.ts";
import { formatAdapter, parseAdapter, type TokenTable } from "../../train/index.ts";

/** How far a training came before it was cut off: a tab that is opened again goes on from there. */
export interface BegunTraining {
  readonly before: TokenTable;
  readonly doneSteps: number;
}

interface BegunReport {
  /** What the collection looked like; of another one nothing is gone on with. */
  readonly shape: string;
  readonly doneSteps: number;
}

const settingOf = ({ collectionId, task }: AdaptationRequest): string =>
  `adaptation-begun/${collectionId}/${task}`;

/** Beside the adapter that answers until then. */
const keyOf = ({ collectionId, task, modelKey }: AdapterKey): AdapterKey => ({
  collectionId,
  task,
  modelKey: `${modelKey}#begun`,
});

/** The key of the model whose training of a collection was cut off; empty where none was. */
export async function begunBy(storage: Storage, request: AdaptationRequest): Promise<string> {
  return (await storage.readSetting({ name: settingOf(request) })).value ?? "";
}

export async function readBegun(
  storage: Storage,
  key: AdapterKey,
  shape: string,
): Promise<BegunTraining | null> {
  if ((await begunBy(storage, key)) !== key.modelKey) return null;
  const stored = await storage.readAdapter(keyOf(key));
  const adapter = stored && parseAdapter(stored.bytes);
  if (!stored || !adapter) return null;
  const report = JSON.parse(stored.report) as BegunReport;
  return report.shape === shape ? { before: adapter.table, doneSteps: report.doneSteps } : null;
}

export async function writeBegun(
  storage: Storage,
  key: AdapterKey,
  { shape, doneSteps, before }: BegunReport & BegunTraining,
  breathe: () => Promise<void>,
): Promise<void> {
  const report: BegunReport = { shape, doneSteps };
  const adapter = { table: before, linear: null, winner: "full", part: 0 } as const;
  const bytes = await formatAdapter(adapter, breathe);
  await storage.writeAdapter({ ...keyOf(key), report: JSON.stringify(report), bytes });
  await storage.writeSetting({ name: settingOf(key), value: key.modelKey });
}

/** Nothing is to be gone on with: it ended. */
export async function clearBegun(storage: Storage, key: AdapterKey): Promise<void> {
  if ((await begunBy(storage, key)) === "") return;
  await storage.writeSetting({ name: settingOf(key), value: "" });
  await storage.writeAdapter({ ...keyOf(key), report: "{}", bytes: new Uint8Array() });
}
