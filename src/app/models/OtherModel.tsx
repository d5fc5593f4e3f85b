import { useEffect, useRef, useState } from "react";
import type { ModelOrigin, PickedFile } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { hostOf } from "../state/host-of.ts";
import { partModels } from "../state/model-files.ts";
import { GetForm } from "./GetForm.tsx";
import { AS_FILES_SAY, HowMade, makingOf } from "./HowMade.tsx";
import { Coded } from "../parts/Coded.tsx";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

/** Owner and name, as the hub writes them. */
const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;
const SITE_ID = /^[\w.-]+$/;

/** What a model of the hub is called here. */
const nameOf = (repository: string): string => repository.slice(repository.indexOf("/") + 1);

/** Ways to a model that is not in the list. */
export function OtherModel() {
  const words = useWords("models", english);
  return (
    <section className="other-model">
      <h3>{words.another}</h3>
      <FromHub />
      <FromComputer />
      <FromSite />
    </section>
  );
}

function FromHub() {
  const words = useWords("models", english);
  const hub = useApp((state) => state.models.hub);
  const entries = useApp((state) => state.models.entries);
  const { models } = useActions();
  const [repository, setRepository] = useState("");
  const [revision, setRevision] = useState("");
  const [making, setMaking] = useState(AS_FILES_SAY);
  const wanted = repository.trim();
  const known = entries?.find((entry) => entry.repository === wanted);
  const host = hostOf(hub?.endpoint ?? "");
  return (
    <details>
      <summary>{words.fromHub}</summary>
      <GetForm
        action={words.getItFrom(host)}
        incomplete={!REPOSITORY.test(wanted)}
        onGet={(dtype, use) => {
          const at = revision.trim();
          const origin: ModelOrigin = {
            from: "hub",
            repository: wanted,
            ...(at === "" ? {} : { revision: at }),
          };
          void models.add(
            { origin, dtype, ...(known ? {} : makingOf(making)) },
            known?.name ?? nameOf(wanted),
            use,
          );
          setRepository("");
        }}
      >
        <label className="stacked">
          {words.nameThere}
          <input
            className="field"
            value={repository}
            placeholder={words.ownerName}
            spellCheck="false"
            autoCapitalize="off"
            onChange={(event) => setRepository(event.currentTarget.value)}
          />
        </label>
        <label className="stacked">
          {words.revision}
          <input
            className="field"
            value={revision}
            placeholder={words.newest}
            spellCheck="false"
            onChange={(event) => setRevision(event.currentTarget.value)}
          />
        </label>
        {known ? (
          <p className="quiet">{words.inList(known.name)}</p>
        ) : (
          <HowMade making={making} onChange={setMaking} />
        )}
        <p className="quiet">{words.whatRuns}</p>
      </GetForm>
    </details>
  );
}

function FromComputer() {
  const { models } = useActions();
  const words = useWords("models", english);
  const folder = useRef<HTMLInputElement>(null);
  const single = useRef<HTMLInputElement>(null);
  const [nothing, setNothing] = useState(false);
  useEffect(() => {
    // React has no such attribute.
    if (folder.current) folder.current.webkitdirectory = true;
  }, []);
  const take = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): void => {
    const files = [...(currentTarget.files ?? [])];
    currentTarget.value = "";
    const picked = files.map((file): PickedFile => ({
      path: file.webkitRelativePath || file.name,
      content: file,
    }));
    const [first] = partModels(picked).models;
    setNothing(files.length > 0 && !first);
    if (first) models.offer(first);
  };
  return (
    <details>
      <summary>{words.fromThisComputer}</summary>
      <p>
        <Coded text={words.needed} />
      </p>
      <p className="model-ways">
        <button type="button" className="button" onClick={() => folder.current?.click()}>
          {words.chooseFolder}
        </button>
        <button type="button" className="button" onClick={() => single.current?.click()}>
          {words.chooseFiles}
        </button>
      </p>
      <input ref={folder} type="file" hidden aria-label={words.folderOfModel} onChange={take} />
      <input ref={single} type="file" hidden multiple aria-label={words.filesOfModel} onChange={take} />
      {nothing && (
        <p className="warning" role="alert">
          {words.noWeights}
        </p>
      )}
    </details>
  );
}

function FromSite() {
  const words = useWords("models", english);
  const { models } = useActions();
  const [id, setId] = useState("");
  const wanted = id.trim();
  return (
    <details>
      <summary>{words.fromSite}</summary>
      <GetForm
        action={words.getFromSite}
        incomplete={!SITE_ID.test(wanted)}
        onGet={(dtype, use) => {
          void models.add({ origin: { from: "site", id: wanted }, dtype }, wanted, use);
          setId("");
        }}
      >
        <label className="stacked">
          <Coded text={words.itsFolder} />
          <input
            className="field"
            value={id}
            spellCheck="false"
            autoCapitalize="off"
            onChange={(event) => setId(event.currentTarget.value)}
          />
        </label>
      </GetForm>
    </details>
  );
}
