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
import { Told } from "../parts/Told.tsx";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

/** {words.title}: the one in use and its proof, the catalog, other ways to one, what is kept. */
export function ModelsDialog() {
  const shown = useApp((state) => state.panel.models);
  const task = useApp((state) => state.query.task);
  const { panel } = useActions();
  const words = useWords("models", english);
  return (
    <Dialog.Root open={shown} onOpenChange={panel.showModels}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog models" data-task={task}>
          <header className="models-head">
            <div className="reader-head">
              <Dialog.Title className="dialog-title">{words.title}</Dialog.Title>
              <Dialog.Close className="button">{words.close}</Dialog.Close>
            </div>
            <Underway />
          </header>
          <Dialog.Description className="quiet">{words.explained}</Dialog.Description>
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
  const words = useWords("models", english);
  return (
    <>
      {found && <FoundModel key={`${found.name}/${found.weights}`} found={found} />}
      {unopened && (
        <p className="warning">
          {words.noneOpen} <Told {...unopened} />
        </p>
      )}
      {!status && loading && <p className="quiet">{words.lastBeingOpened}</p>}
      {status && (
        <section className="in-use">
          <h3>{words.inUseNamed(status.model.name)}</h3>
          <Proof status={status} />
        </section>
      )}
      <section>
        <h3>{words.models}</h3>
        {entries === null ? (
          <p className="quiet">{words.readingList}</p>
        ) : (
          <ul className="models-list" aria-label={words.models}>
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
  const words = useWords("models", english);
  const isShownBelow = (label: string) =>
    entries?.some(({ name, architecture }) => architecture !== "none" && gettingLabel(name) === label) ??
    false;
  return (
    <div className="notices">
      {running
        .filter(({ label }) => !isShownBelow(label))
        .map((job) => (
          <JobRow
            key={job.id}
            job={job}
            stop={job.label.startsWith(gettingLabel("")) ? words.cancel : words.stop}
          />
        ))}
      <Failures />
    </div>
  );
}
