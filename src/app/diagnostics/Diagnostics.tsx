import { Dialog } from "@base-ui/react/dialog";
import { use, useEffect } from "react";
import { VERSION } from "../../base/version.ts";
import { CopyButton } from "../parts/CopyButton.tsx";
import { Facts } from "../shell/Facts.tsx";
import { AppStoreContext, useActions, useApp } from "../state/context.tsx";
import { diagnostics } from "../words/en/diagnostics.ts";
import { useWords } from "../words/words.ts";
import { reportMarkdown, reportOf, type PageFacts } from "./report.ts";

function pageFacts(): PageFacts {
  const { userAgent, languages, onLine, serviceWorker } = navigator;
  const memory: unknown = Reflect.get(navigator, "deviceMemory");
  return {
    version: VERSION,
    userAgent,
    languages,
    window: `${innerWidth} × ${innerHeight}, ${devicePixelRatio}`,
    memory: typeof memory === "number" ? memory : null,
    online: onLine,
    worker: serviceWorker?.controller != null,
    nowMs: Date.now(),
  };
}

/** What this Sextant is and runs on, to be copied into a bug report. */
export function Diagnostics() {
  const shown = useApp((state) => state.panel.overlay === "diagnostics");
  const { panel } = useActions();
  const words = useWords("diagnostics", diagnostics);
  return (
    <Dialog.Root open={shown} onOpenChange={(open) => panel.showOverlay(open ? "diagnostics" : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog diagnostics">
          <header className="reader-head">
            <Dialog.Title className="dialog-title">{words.title}</Dialog.Title>
            <Dialog.Close className="button">{words.close}</Dialog.Close>
          </header>
          <Dialog.Description className="quiet">{words.explained}</Dialog.Description>
          <Report />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Report() {
  const store = use(AppStoreContext);
  const words = useWords("diagnostics", diagnostics);
  const { model, models } = useActions();
  const entries = useApp((state) => state.models.entries);
  const status = useApp((state) => state.model.status);
  const isOpen = status !== null;
  useEffect(() => {
    void models.refresh();
    if (isOpen) void model.refresh();
  }, [isOpen, model, models]);
  if (store === null) return null;
  if (entries === null) return <p className="quiet">{words.reading}</p>;
  const facts = pageFacts();
  const state = { ...store.state.getState(), model: { ...store.state.getState().model, status } };
  const markdown = reportMarkdown(reportOf(state, facts, diagnostics));
  return (
    <>
      {reportOf(state, facts, words).map(({ heading, rows }) => (
        <Facts key={heading} heading={heading} facts={Object.fromEntries(rows)} />
      ))}
      <p className="dialog-foot">
        <CopyButton label={words.copy} text={markdown} />{" "}
        <a href={new URL("THIRD-PARTY-LICENSES.txt", document.baseURI).href} target="_blank" rel="noopener">
          {words.licences}
        </a>
      </p>
    </>
  );
}
