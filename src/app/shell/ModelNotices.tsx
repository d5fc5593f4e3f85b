import { Notice } from "../parts/Notice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { bundledChoice } from "../state/models.ts";

/** Why no model is open, restarts of the engine, and falls to another device or precision, each with a way on. */
export function ModelNotices() {
  const { unopened, restarted, degraded } = useApp((state) => state.model);
  const tokenGone = useApp((state) => state.models.tokenGone);
  const { model, models, panel } = useActions();
  return (
    <>
      {unopened && <Unopened {...unopened} />}
      {restarted.map(({ id, why }) => (
        <Notice key={id} tone="warning" onDismiss={() => model.dismiss(id)}>
          <strong>The engine stopped and was started again:</strong> {why}. What was under way goes on.
        </Notice>
      ))}
      {tokenGone && (
        <Notice tone="warning" onDismiss={models.dismissToken}>
          <strong>The token for the hub is gone:</strong> it was kept in the engine’s memory only. Give it
          again before you get a model that asks for it.{" "}
          <button type="button" className="link" onClick={() => panel.showModels(true)}>
            Give the token
          </button>
        </Notice>
      )}
      {degraded.map(({ id, what, from, to, why, code }) => (
        <Notice key={id} tone="warning" code={code} onDismiss={() => model.dismiss(id)}>
          <strong>
            The {what} changed from {from} to {to}.
          </strong>{" "}
          {why} {what === "device" && from === "webgpu" && <StayOnWasm id={id} />}
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
  const bundled = bundledChoice(entries);
  return (
    <Notice tone="error" code={code}>
      <strong>The model that you chose could not be opened.</strong> {message}{" "}
      {code.startsWith("gpu/") && (
        <button type="button" className="link" onClick={() => void model.setDevice("wasm")}>
          Use WASM
        </button>
      )}{" "}
      {bundled && (
        <button type="button" className="link" onClick={() => void models.choose(bundled)}>
          Use the bundled model
        </button>
      )}{" "}
      <button type="button" className="link" onClick={() => panel.showModels(true)}>
        Choose a model
      </button>{" "}
      <button type="button" className="link" onClick={() => void model.open()}>
        Try again
      </button>
    </Notice>
  );
}

/** A GPU that failed is tried again at the next visit, unless WASM is chosen for good. */
function StayOnWasm({ id }: { readonly id: number }) {
  const asked = useApp((state) => state.model.status?.device.asked);
  const { model } = useActions();
  if (asked !== "auto") return null;
  const stay = (): void => {
    model.dismiss(id);
    void model.setDevice("wasm");
  };
  return (
    <button type="button" className="link" onClick={stay}>
      Stay on WASM at later visits too
    </button>
  );
}
