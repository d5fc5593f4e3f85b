import { useState } from "react";
import { formatBytes, formatNoun } from "../parts/format.ts";
import { useActions } from "../state/context.tsx";
import type { FoundModel as Found } from "../state/models.ts";
import { GetForm } from "./GetForm.tsx";
import { AS_FILES_SAY, HowMade, makingOf } from "./HowMade.tsx";
import { Coded } from "../parts/Coded.tsx";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

/** A model that was dropped or picked: what it is, what it lacks, and in which precision it is to be kept. */
export function FoundModel({ found }: { readonly found: Found }) {
  const { models } = useActions();
  const words = useWords("models", english);
  const [name, setName] = useState(found.name || words.myModel);
  const [making, setMaking] = useState(AS_FILES_SAY);
  const { files, sizeBytes, weights, missing } = found;
  const isWhole = missing.length === 0;
  return (
    <section className="found" aria-label={words.fromComputer}>
      <h3>{words.fromComputer}</h3>
      <p>
        <Coded text={words.foundFiles(formatNoun(files, "file"), formatBytes(sizeBytes), weights)} />
      </p>
      {!isWhole && (
        <p className="warning" role="alert">
          {words.missing(missing)}
        </p>
      )}
      <GetForm
        action={words.convertAndKeep}
        incomplete={!isWhole || name.trim() === ""}
        onGet={(dtype, use) => void models.addFound({ dtype, ...makingOf(making) }, name.trim(), use)}
        onCancel={() => models.offer(null)}
      >
        <label className="stacked">
          {words.callIt}
          <input className="field" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        </label>
        <HowMade making={making} onChange={setMaking} />
      </GetForm>
    </section>
  );
}
