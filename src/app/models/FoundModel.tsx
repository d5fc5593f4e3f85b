import { useState } from "react";
import { formatBytes, formatNoun } from "../parts/format.ts";
import { useActions } from "../state/context.tsx";
import type { FoundModel as Found } from "../state/models.ts";
import { GetForm } from "./GetForm.tsx";
import { AS_FILES_SAY, HowMade, makingOf } from "./HowMade.tsx";

/** A model that was dropped or picked: what it is, what it lacks, and in which precision it is to be kept. */
export function FoundModel({ found }: { readonly found: Found }) {
  const { models } = useActions();
  const [name, setName] = useState(found.name || "My model");
  const [making, setMaking] = useState(AS_FILES_SAY);
  const { files, sizeBytes, weights, missing } = found;
  const isWhole = missing.length === 0;
  return (
    <section className="found" aria-label="A model from this computer">
      <h3>A model from this computer</h3>
      <p>
        {formatNoun(files, "file")}, {formatBytes(sizeBytes)}, weights in <code>{weights}</code>. Nothing
        leaves this device.
      </p>
      {!isWhole && (
        <p className="warning" role="alert">
          Missing: {missing.join(", and ")}. Drop or choose the whole folder, or all of these files at once.
        </p>
      )}
      <GetForm
        action="Convert and keep it"
        incomplete={!isWhole || name.trim() === ""}
        onGet={(dtype, use) => void models.addFound({ dtype, ...makingOf(making) }, name.trim(), use)}
        onCancel={() => models.offer(null)}
      >
        <label className="stacked">
          Call it
          <input className="field" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        </label>
        <HowMade making={making} onChange={setMaking} />
      </GetForm>
    </section>
  );
}
