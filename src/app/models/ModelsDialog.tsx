import { Dialog } from "@base-ui/react/dialog";
import { Failures } from "../parts/Failures.tsx";
import { JobRow } from "../parts/JobRow.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { gettingLabel } from "../state/models.ts";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { FoundModel } from "./FoundModel.tsx";
import { HubForm } from "./HubForm.tsx";
import { Kept } from "./Kept.tsx";
import { ModelRow } from "./ModelRow.tsx";
import { OtherModel } from "./OtherModel.tsx";
import { Proof } from "./Proof.tsx";

/** Which model measures the angles: the one in use and its proof, the catalog, other ways to one, what is kept. */
export function ModelsDialog() {
  const shown = useApp((state) => state.panel.models);
  const task = useApp((state) => state.query.task);
  const { panel } = useActions();
  return (
    <Dialog.Root open={shown} onOpenChange={panel.showModels}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog models" data-task={task}>
          <header className="models-head">
            <div className="reader-head">
              <Dialog.Title className="dialog-title">Which model measures the angles</Dialog.Title>
              <Dialog.Close className="button">Close</Dialog.Close>
            </div>
            <Underway />
          </header>
          <Dialog.Description className="quiet">
            Every model gives texts vectors of its own. With another one your passages stay, and are indexed
            once more.
          </Dialog.Description>
          <Models />
        </Dialog.Popup>
      </Dialog.Portal>
      <DeleteDialog />
    </Dialog.Root>
  );
}

function Models() {
  const status = useApp((state) => state.model.status);
  const unopened = useApp((state) => state.model.unopened);
  const loading = useApp((state) => state.model.loading !== null);
  const { entries, hub, found } = useApp((state) => state.models);
  return (
    <>
      {found && <FoundModel key={`${found.name}/${found.weights}`} found={found} />}
      {unopened && <p className="warning">No model is open: {unopened.message}</p>}
      {!status && loading && <p className="quiet">The model that was chosen last is being opened.</p>}
      {status && (
        <section className="in-use">
          <h3>In use: {status.model.name}</h3>
          <Proof status={status} />
        </section>
      )}
      <section>
        <h3>Models</h3>
        {entries === null ? (
          <p className="quiet">Reading the list…</p>
        ) : (
          <ul className="models-list" aria-label="Models">
            {entries.map((entry) => (
              <ModelRow key={entry.id} entry={entry} />
            ))}
          </ul>
        )}
      </section>
      <OtherModel />
      {hub && <HubForm hub={hub} />}
      {entries && <Kept entries={entries} storage={status?.storage} />}
    </>
  );
}

/** Work and failures, in view wherever the dialog is scrolled to; a listed model's own work stands with the model. */
function Underway() {
  const running = useApp((state) => state.jobs.running);
  const entries = useApp((state) => state.models.entries);
  const isShownBelow = (label: string) =>
    entries?.some(({ name, architecture }) => architecture !== "none" && gettingLabel(name) === label) ??
    false;
  return (
    <div className="notices">
      {running
        .filter(({ label }) => !isShownBelow(label))
        .map((job) => (
          <JobRow key={job.id} job={job} stop={job.label.startsWith(gettingLabel("")) ? "Cancel" : "Stop"} />
        ))}
      <Failures />
    </div>
  );
}
