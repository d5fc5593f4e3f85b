import { useId, useState } from "react";
import { DTYPES, isDtype, type Dtype } from "../../contract/index.ts";
import { formatBytes } from "../parts/format.ts";
import { Told } from "../parts/Told.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";
import { DeleteDeviceModel } from "./DeleteDeviceModel.tsx";

/** Language models whose files are here, and ways to get one. */
export function DeviceModels() {
  const words = useWords("answers", english);
  const { models, chosen, progress, failure } = useApp((state) => state.answers.device);
  const { answers } = useActions();
  const id = useId();
  const model = models?.find((one) => one.id === chosen);
  return (
    <div className="server-form">
      {models?.length === 0 && <p className="quiet">{words.noDeviceModels}</p>}
      {models !== null && models.length > 0 && chosen !== null && (
        <div className="stacked">
          <label htmlFor={id}>{words.model}</label>
          <select
            id={id}
            className="field"
            value={chosen}
            onChange={({ currentTarget }) => answers.chooseDeviceModel(currentTarget.value)}
          >
            {models.map((one) => (
              <option key={one.id} value={one.id}>
                {words.deviceModel(one.name, one.dtype, formatBytes(one.sizeBytes))}
              </option>
            ))}
          </select>
          {model && <DeleteDeviceModel model={model} />}
        </div>
      )}
      {progress === null ? (
        <GetModel />
      ) : (
        <>
          <p role="status">
            {words.getting(
              progress.file,
              formatBytes(progress.doneBytes),
              progress.totalBytes === null ? words.unknownSize : formatBytes(progress.totalBytes),
            )}
          </p>
          <button type="button" className="button" onClick={answers.stopGetting}>
            {words.stopGetting}
          </button>
        </>
      )}
      {failure && (
        <p className="warning" role="status">
          <Told {...failure} /> <code>{failure.code}</code>
        </p>
      )}
    </div>
  );
}

/** What most such repositories hold, and the smallest of it. */
const USUAL: Dtype = "q4";

function GetModel() {
  const words = useWords("answers", english);
  const { answers } = useActions();
  const [repository, setRepository] = useState("");
  const [dtype, setDtype] = useState<Dtype>(USUAL);
  const folderId = useId();
  return (
    <form
      className="server-form"
      onSubmit={(event) => {
        event.preventDefault();
        void answers.getDeviceModel({ origin: { from: "hub", repository }, dtype });
      }}
    >
      <label className="stacked">
        {words.repository}
        <input
          className="field"
          required
          value={repository}
          placeholder="owner/model"
          onChange={({ currentTarget }) => setRepository(currentTarget.value.trim())}
        />
      </label>
      <label className="stacked">
        {words.precision}
        <select
          className="field"
          value={dtype}
          onChange={({ currentTarget: { value } }) => isDtype(value) && setDtype(value)}
        >
          {DTYPES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button type="submit" className="button" disabled={repository === ""}>
        {words.get}
      </button>
      <div className="stacked">
        <label htmlFor={folderId}>{words.fromFiles}</label>
        <input
          id={folderId}
          type="file"
          multiple
          ref={(input) => {
            if (input) input.webkitdirectory = true;
          }}
          onChange={({ currentTarget }) => {
            const files = Array.from(currentTarget.files ?? [], (content) => ({
              path: content.webkitRelativePath || content.name,
              content,
            }));
            const name = files[0]?.path.split("/")[0] ?? "";
            if (files.length > 0)
              void answers.getDeviceModel({ origin: { from: "files", name, files }, dtype });
          }}
        />
      </div>
    </form>
  );
}
