import { Notice } from "../parts/Notice.tsx";
import { Told } from "../parts/Told.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { bundledChoice } from "../state/models.ts";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

/** Why no model is open, restarts of the engine, and falls to another device or precision, each with a way on. */
export function ModelNotices() {
  const { unopened, restarted, degraded } = useApp((state) => state.model);
  const tokenGone = useApp((state) => state.models.tokenGone);
  const { model, models, panel } = useActions();
  const words = useWords("shell", shell);
  return (
    <>
      {unopened && <Unopened {...unopened} />}
      {restarted.map(({ id, why }) => (
        <Notice key={id} tone="warning" onDismiss={() => model.dismiss(id)}>
          <strong>{words.restarted}</strong> {words.restartedWhy(why)}
        </Notice>
      ))}
      {tokenGone && (
        <Notice tone="warning" onDismiss={models.dismissToken}>
          <strong>{words.tokenGone}</strong> {words.tokenGoneWhy}{" "}
          <button type="button" className="link" onClick={() => panel.showModels(true)}>
            {words.giveToken}
          </button>
        </Notice>
      )}
      {degraded.map(({ id, what, from, to, why, code }) => (
        <Notice key={id} tone="warning" code={code} onDismiss={() => model.dismiss(id)}>
          <strong>{words.changed[what](from, to)}</strong> <Told code={code} message={why} />{" "}
          {what === "device" && from === "webgpu" && <StayOnWasm id={id} />}
        </Notice>
      ))}
    </>
  );
}

interface UnopenedProps {
  readonly code: string;
  readonly message: string;
}

/** No model is open: nothing takes its place unless the person says so. */
function Unopened({ code, message }: UnopenedProps) {
  const entries = useApp((state) => state.models.entries);
  const { model, models, panel } = useActions();
  const words = useWords("shell", shell);
  const bundled = bundledChoice(entries);
  return (
    <Notice tone="error" code={code}>
      <strong>{words.unopened}</strong> <Told code={code} message={message} />{" "}
      {code.startsWith("gpu/") && (
        <button type="button" className="link" onClick={() => void model.setDevice("wasm")}>
          {words.useWasm}
        </button>
      )}{" "}
      {bundled && (
        <button type="button" className="link" onClick={() => void models.choose(bundled)}>
          {words.useBundled}
        </button>
      )}{" "}
      <button type="button" className="link" onClick={() => panel.showModels(true)}>
        {words.chooseModel}
      </button>{" "}
      <button type="button" className="link" onClick={() => void model.open()}>
        {words.tryAgain}
      </button>
    </Notice>
  );
}

/** A GPU that failed is tried again at the next visit, unless WASM is chosen for good. */
function StayOnWasm({ id }: { readonly id: number }) {
  const asked = useApp((state) => state.model.status?.device.asked);
  const { model } = useActions();
  const words = useWords("shell", shell);
  if (asked !== "auto") return null;
  const stay = (): void => {
    model.dismiss(id);
    void model.setDevice("wasm");
  };
  return (
    <button type="button" className="link" onClick={stay}>
      {words.stayOnWasm}
    </button>
  );
}
