import { Dialog } from "@base-ui/react/dialog";
import { useState } from "react";
import type { RemoteListing } from "../../contract/index.ts";
import { formatNoun } from "../parts/format.ts";
import { Told } from "../parts/Told.tsx";
import { shownName } from "../state/collection-name.ts";
import { useActions, useApp } from "../state/context.tsx";
import { aboutOf, NOUN_OF_KIND } from "../views/about.ts";
import { remote as english } from "../words/en/remote.ts";
import { useWords } from "../words/words.ts";
import "../style/remote.css";

/** Which server, and what is copied there or opened from there. */
export function RemoteDialog() {
  const words = useWords("remote", english);
  const { dialog, listings, failure, isAsking, server } = useApp((state) => state.remote);
  const { remote } = useActions();
  const [deletes, setDeletes] = useState(false);
  const pushed = dialog !== null && dialog !== "open" ? dialog.push : null;
  return (
    <Dialog.Root open={dialog !== null} onOpenChange={(open) => !open && remote.show(null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">
            {pushed ? words.pushTitle(shownName(pushed)) : words.openTitle}
          </Dialog.Title>
          <Dialog.Description>{words.explained}</Dialog.Description>
          <form
            className="remote-form"
            onSubmit={(event) => {
              event.preventDefault();
              void (pushed ? remote.push(deletes) : remote.list());
            }}
          >
            <ServerFields />
            {pushed && (
              <label className="remote-deletes">
                <input
                  type="checkbox"
                  checked={deletes}
                  onChange={({ currentTarget }) => setDeletes(currentTarget.checked)}
                />
                {words.deletes}
              </label>
            )}
            <p className="dialog-foot">
              <Dialog.Close className="button">{words.close}</Dialog.Close>
              <button type="submit" className="button strong" disabled={isAsking || server.url === ""}>
                {isAsking ? words.asking : pushed ? words.begin : words.ask}
              </button>
            </p>
          </form>
          <div role="status">
            {failure && (
              <p className="warning">
                <Told {...failure} /> <code>{failure.code}</code>
              </p>
            )}
            {listings?.length === 0 && <p className="quiet">{words.nothing}</p>}
          </div>
          {failure?.code === "remote/unreachable" && <WhatToSet />}
          {listings !== null && listings.length > 0 && <Listings listings={listings} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function ServerFields() {
  const words = useWords("remote", english);
  const { url, tenant, database, key } = useApp((state) => state.remote.server);
  const { remote } = useActions();
  return (
    <>
      <label className="stacked">
        {words.address}
        <input
          className="field"
          required
          inputMode="url"
          value={url}
          placeholder="https://chroma.example:8000"
          onChange={({ currentTarget }) => remote.describe({ url: currentTarget.value.trim() })}
        />
      </label>
      <label className="stacked">
        {words.tenant}
        <input
          className="field"
          value={tenant}
          placeholder={words.standard}
          onChange={({ currentTarget }) => remote.describe({ tenant: currentTarget.value.trim() })}
        />
      </label>
      <label className="stacked">
        {words.database}
        <input
          className="field"
          value={database}
          placeholder={words.standard}
          onChange={({ currentTarget }) => remote.describe({ database: currentTarget.value.trim() })}
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
          onChange={({ currentTarget }) => remote.describe({ key: currentTarget.value.trim() })}
        />
      </label>
    </>
  );
}

/** A browser does not say whether a server is off or refuses this page: so both are answered. */
function WhatToSet() {
  const words = useWords("remote", english);
  const { origin, protocol } = location;
  return (
    <ul className="remote-settings">
      <li>{words.runs}</li>
      <li>{words.cors(origin)}</li>
      <li>{words.corsOld(origin)}</li>
      {protocol === "https:" && <li>{words.insecure}</li>}
    </ul>
  );
}

function Listings({ listings }: { readonly listings: readonly RemoteListing[] }) {
  const words = useWords("remote", english);
  const { remote } = useActions();
  return (
    <ul className="remote-listings">
      {listings.map((one) => (
        <li key={one.remoteName}>
          <strong dir="auto">{one.name}</strong> <code>{one.remoteName}</code>
          {one.kind !== null && (
            <p className="quiet">
              {words.facts(
                formatNoun(one.passages, NOUN_OF_KIND[one.kind]),
                aboutOf(one.task).label,
                one.modelKey,
              )}
            </p>
          )}
          {one.obstacle === null ? (
            <button type="button" className="button" onClick={() => void remote.open(one)}>
              {words.open(one.name)}
            </button>
          ) : (
            <p className="warning">
              <Told
                code={one.kind === null ? "remote/other-version" : "remote/other-model"}
                message={one.obstacle}
              />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
