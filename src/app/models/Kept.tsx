import type { EngineStatus, ModelEntry } from "../../contract/index.ts";
import { formatBytes } from "../parts/format.ts";
import { Facts } from "../shell/Facts.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { gettingLabel } from "../state/models.ts";
import { keptBytes } from "./words.ts";

interface KeptProps {
  readonly entries: readonly ModelEntry[];
  readonly storage: EngineStatus["storage"] | undefined;
}

/** What lies on this device: each model that was got, all of them, the database, and the room there is. */
export function Kept({ entries, storage }: KeptProps) {
  const { models } = useActions();
  const kept = entries.filter((entry) => keptBytes(entry) > 0);
  const totalBytes = kept.reduce((sum, entry) => sum + keptBytes(entry), 0);
  const { databaseBytes, usageBytes = null, quotaBytes = null } = storage ?? {};
  return (
    <section className="kept">
      <Facts
        heading="On this device"
        facts={{
          "models that you got": formatBytes(totalBytes),
          database: databaseBytes === undefined ? null : formatBytes(databaseBytes),
          "this site in all":
            usageBytes === null || quotaBytes === null
              ? null
              : `${formatBytes(usageBytes)} of ${formatBytes(quotaBytes)}`,
        }}
      />
      {kept.length > 0 && (
        <ul className="parts" aria-label="Models that you got">
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
        aria-label={`Delete all of ${entry.name}`}
        disabled={inUse || busy}
        title={inUse ? "In use: choose another model first" : undefined}
        onClick={onDelete}
      >
        Delete
      </button>
    </li>
  );
}
