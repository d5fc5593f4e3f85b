import { useState } from "react";
import type { Dtype, ModelEntry } from "../../contract/index.ts";
import { formatBytes } from "../parts/format.ts";
import { JobRow } from "../parts/JobRow.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { hostOf } from "../state/host-of.ts";
import { gettingLabel } from "../state/models.ts";
import { GetForm } from "./GetForm.tsx";
import { StoredParts } from "./StoredParts.tsx";
import { isPartial, precisionWords, PRECISIONS, standingOf, traitsOf } from "./words.ts";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

/** One model: what it is, where it stands on this device, and what can be done with it. */
export function ModelRow({ entry }: { readonly entry: ModelEntry }) {
  const inUse = useApp((state) => state.model.status?.model.id === entry.id);
  const job = useApp((state) => state.jobs.running.find(({ label }) => label === gettingLabel(entry.name)));
  const device = useApp((state) => state.model.status?.device.used ?? "wasm");
  const words = useWords("models", english);
  const { name, about, unknown, architecture, obstacle } = entry;
  return (
    <li className="model" data-in-use={inUse || undefined} aria-label={name}>
      <header className="model-head">
        <h4>{name}</h4>
        <p className="sounding">{inUse ? words.standingInUse(standingOf(entry)) : standingOf(entry)}</p>
      </header>
      <p>{words.told(about)}</p>
      <dl className="traits">
        {traitsOf(entry, device).map(([trait, value]) => (
          <div key={trait}>
            <dt>{trait}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {unknown.length > 0 && (
        <details>
          <summary>{words.notFirstHand}</summary>
          <ul className="unknown">
            {unknown.map((sentence) => (
              <li key={sentence}>{words.told(sentence)}</li>
            ))}
          </ul>
        </details>
      )}
      {architecture === "none" ? (
        <UseWords entry={entry} inUse={inUse} />
      ) : obstacle !== null ? (
        <p className="obstacle">
          <strong>{words.cannotBeAdded}</strong> {words.told(obstacle)}
        </p>
      ) : (
        <>
          <StoredParts entry={entry} busy={job !== undefined} />
          {job ? <JobRow job={job} stop={words.cancel} /> : <Get entry={entry} />}
        </>
      )}
    </li>
  );
}

/** BM25 has no weights, so that it is chosen as it is; keyword-only search stores no precision. */
function UseWords({ entry, inUse }: { readonly entry: ModelEntry; readonly inUse: boolean }) {
  const { models } = useActions();
  const words = useWords("models", english);
  return (
    <p className="model-ways">
      <button
        type="button"
        className="button"
        disabled={inUse}
        onClick={() => void models.choose({ modelId: entry.id, dtype: "fp32" })}
      >
        {inUse ? words.inUse : words.wordsOnly}
      </button>
    </p>
  );
}

/** Getting a model or another precision of it: what will be asked of whom is said before it is. */
function Get({ entry }: { readonly entry: ModelEntry }) {
  const hub = useApp((state) => state.models.hub);
  const device = useApp((state) => state.model.status?.device.used ?? "wasm");
  const { models } = useActions();
  const words = useWords("models", english);
  const [asking, setAsking] = useState(false);
  const { id, name, repository, bundled, variants, original, downloadBytes } = entry;
  const missing = PRECISIONS.filter((dtype) => !variants.some((one) => one.dtype === dtype));
  const isKept = original !== null && !isPartial(original);
  const host = hostOf(hub?.endpoint ?? "");
  if (bundled || missing.length === 0 || (repository === null && !isKept)) return null;

  const get = (dtype: Dtype, use: boolean): void => {
    setAsking(false);
    void models.add({ origin: { from: "list", modelId: id }, dtype }, name, use);
  };
  const what = isKept
    ? variants.length === 0
      ? words.convert
      : words.convertOther
    : original
      ? words.goOn
      : variants.length === 0
        ? words.getFrom(host)
        : words.getOtherFrom(host);
  if (!asking)
    return (
      <p className="model-ways">
        <button type="button" className="button" onClick={() => setAsking(true)}>
          {what}
        </button>
      </p>
    );
  const left = downloadBytes === null ? null : downloadBytes - (original?.doneBytes ?? 0);
  return (
    <GetForm
      action={isKept ? words.convert : words.getItFrom(host)}
      precisions={missing}
      words={precisionWords(entry, device)}
      onGet={get}
      onCancel={() => setAsking(false)}
    >
      <p>
        {isKept
          ? words.nothingDownloaded
          : words.willBeDownloaded(left === null ? words.theModel : formatBytes(left), host)}
      </p>
    </GetForm>
  );
}
