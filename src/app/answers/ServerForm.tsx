import { useId } from "react";
import { Told } from "../parts/Told.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";

/** Where a server is, its key, and which of its models answers. */
export function ServerForm() {
  const words = useWords("answers", english);
  const { url, key, models, model, isListing, failure } = useApp((state) => state.answers.server);
  const { answers } = useActions();
  return (
    <form
      className="server-form"
      onSubmit={(event) => {
        event.preventDefault();
        void answers.listModels();
      }}
    >
      <label className="stacked">
        {words.address}
        <input
          className="field"
          type="url"
          required
          value={url}
          placeholder="http://localhost:11434/v1"
          onChange={({ currentTarget }) => answers.describeServer({ url: currentTarget.value.trim() })}
        />
      </label>
      <label className="stacked">
        {words.key}
        <input
          className="field"
          type="password"
          autoComplete="off"
          value={key}
          placeholder={words.noKey}
          onChange={({ currentTarget }) => answers.describeServer({ key: currentTarget.value.trim() })}
        />
      </label>
      <button type="submit" className="button" disabled={url === "" || isListing}>
        {isListing ? words.listing : models === null ? words.list : words.listAgain}
      </button>
      <div role="status">
        {failure && (
          <p className="warning">
            <Told {...failure} /> <code>{failure.code}</code>
          </p>
        )}
        {models?.length === 0 && <p className="warning">{words.noModels}</p>}
      </div>
      {failure?.code === "answer/unreachable" && <Origins />}
      {models !== null && models.length > 0 && (
        <ModelSelect
          models={models}
          model={model}
          onChange={(next) => answers.describeServer({ model: next })}
        />
      )}
    </form>
  );
}

interface ModelSelectProps {
  readonly models: readonly string[];
  readonly model: string;
  readonly onChange: (model: string) => void;
}

function ModelSelect({ models, model, onChange }: ModelSelectProps) {
  const words = useWords("answers", english);
  const id = useId();
  return (
    <div className="stacked">
      <label htmlFor={id}>{words.model}</label>
      <select
        id={id}
        className="field"
        value={model}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {models.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </div>
  );
}

/** A browser does not say whether a server is off or refuses this page: so both are answered. */
function Origins() {
  const words = useWords("answers", english);
  const { origin, protocol } = location;
  return (
    <div className="origins">
      <p>{words.origins(origin)}</p>
      <ul>
        <li>{words.originsOf.ollama(origin)}</li>
        <li>{words.originsOf.llama}</li>
        <li>{words.originsOf.lmStudio}</li>
        <li>{words.originsOf.vllm(origin)}</li>
      </ul>
      {protocol === "https:" && <p>{words.insecure}</p>}
    </div>
  );
}
