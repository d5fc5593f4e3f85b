import type { EngineStatus, ModelEntry } from "../../contract/index.ts";
import { formatBytes } from "../parts/format.ts";
import { Facts } from "../shell/Facts.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { gettingLabel } from "../state/models.ts";
import { keptBytes } from "./words.ts";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

interface KeptProps {
  readonly entries: readonly ModelEntry[];
  readonly storage: EngineStatus["storage"] | undefined;
}

/** What lies on this device: each model that was got, all of them, the database, and the room there is. */
export function Kept({ entries, storage }: KeptProps) {
  const { models } = useActions();
  const words = useWords("models", english);
  const kept = entries.filter((entry) => keptBytes(entry) > 0);
  const totalBytes = kept.reduce((sum, entry) => sum + keptBytes(entry), 0);
  const { databaseBytes, usageBytes = null, quotaBytes = null } = storage ?? {};
  return (
    <section className="kept">
      <Facts
        heading={words.onThisDevice}
        facts={{
          [words.modelsGot]: formatBytes(totalBytes),
          [words.database]: databaseBytes === undefined ? null : formatBytes(databaseBytes),
          [words.siteInAll]:
            usageBytes === null || quotaBytes === null
              ? null
              : words.bytesOf(formatBytes(usageBytes), formatBytes(quotaBytes)),
        }}
      />
      {kept.length > 0 && (
        <ul className="parts" aria-label={words.modelsGotList}>
          {kept.map((entry) => (
            <KeptModel
              key={entry.id}
              entry={entry}
              onDelete={() => models.askToDelete({ modelId: entry.id })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface KeptModelProps {
  readonly entry: ModelEntry;
  readonly onDelete: () => void;
}

function KeptModel({ entry, onDelete }: KeptModelProps) {
  const words = useWords("models", english);
  const inUse = useApp((state) => state.model.status?.model.id === entry.id);
  const busy = useApp((state) => state.jobs.running.some(({ label }) => label === gettingLabel(entry.name)));
  return (
    <li>
      <span>
        {entry.name}, <span className="sounding">{formatBytes(keptBytes(entry))}</span>
      </span>
      <button
        type="button"
        className="button"
        aria-label={words.deleteAllOf(entry.name)}
        disabled={inUse || busy}
        title={inUse ? words.inUseFirst : undefined}
        onClick={onDelete}
      >
        {words.delete}
      </button>
    </li>
  );
}
