import { useEffect, useRef, useState } from "react";
import type { ModelOrigin, PickedFile } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { partModels } from "../state/model-files.ts";
import { GetForm } from "./GetForm.tsx";
import { AS_FILES_SAY, HowMade, makingOf } from "./HowMade.tsx";
import { hostOf } from "./words.ts";

/** Owner and name, as the hub writes them. */
const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;
const SITE_ID = /^[\w.-]+$/;

/** What a model of the hub is called here. */
const nameOf = (repository: string): string => repository.slice(repository.indexOf("/") + 1);

/** Ways to a model that is not in the list. */
export function OtherModel() {
  return (
    <section className="other-model">
      <h3>Another model</h3>
      <FromHub />
      <FromComputer />
      <FromSite />
    </section>
  );
}

function FromHub() {
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
      <summary>From the hub</summary>
      <GetForm
        action={`Get it from ${host}`}
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
          Its name there
          <input
            className="field"
            value={repository}
            placeholder="owner/name"
            spellCheck="false"
            autoCapitalize="off"
            onChange={(event) => setRepository(event.currentTarget.value)}
          />
        </label>
        <label className="stacked">
          Revision
          <input
            className="field"
            value={revision}
            placeholder="the newest"
            spellCheck="false"
            onChange={(event) => setRevision(event.currentTarget.value)}
          />
        </label>
        {known ? (
          <p className="quiet">In the list as {known.name}: how its vectors are made is known.</p>
        ) : (
          <HowMade making={making} onChange={setMaking} />
        )}
        <p className="quiet">
          Encoders of the BERT family are converted here; others run as transformers.js runs them, if it does.
        </p>
      </GetForm>
    </details>
  );
}

function FromComputer() {
  const { models } = useActions();
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
      <summary>From this computer</summary>
      <p>
        Drop its folder anywhere in this window, or choose it. Needed are <code>config.json</code>,{" "}
        <code>tokenizer.json</code> or <code>vocab.txt</code>, and the weights: <code>model.safetensors</code>
        , <code>pytorch_model.bin</code> or an <code>.onnx</code> file. Nothing leaves this device.
      </p>
      <p className="model-ways">
        <button type="button" className="button" onClick={() => folder.current?.click()}>
          Choose a folder
        </button>
        <button type="button" className="button" onClick={() => single.current?.click()}>
          Choose files
        </button>
      </p>
      <input ref={folder} type="file" hidden aria-label="Folder of a model" onChange={take} />
      <input ref={single} type="file" hidden multiple aria-label="Files of a model" onChange={take} />
      {nothing && (
        <p className="warning" role="alert">
          No weights of a model are among these files. Choose the folder that has them.
        </p>
      )}
    </details>
  );
}

function FromSite() {
  const { models } = useActions();
  const [id, setId] = useState("");
  const wanted = id.trim();
  return (
    <details>
      <summary>From this site</summary>
      <GetForm
        action="Get it from this site"
        incomplete={!SITE_ID.test(wanted)}
        onGet={(dtype, use) => {
          void models.add({ origin: { from: "site", id: wanted }, dtype }, wanted, use);
          setId("");
        }}
      >
        <label className="stacked">
          Its folder under <code>/models/</code>
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
