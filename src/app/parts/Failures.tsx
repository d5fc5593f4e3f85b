import { useActions, useApp } from "../state/context.tsx";
import { Notice } from "./Notice.tsx";

/** What did not work and why; where a GPU was at fault, with the other device one step away. */
export function Failures() {
  const failures = useApp((state) => state.jobs.failures);
  const asked = useApp((state) => state.model.status?.device.asked);
  const { jobs, model } = useActions();
  return failures.map(({ id, label, code, message }) => {
    const useWasm = (): void => {
      jobs.dismiss(id);
      void model.setDevice("wasm");
    };
    return (
      <Notice key={id} tone="error" code={code} onDismiss={() => jobs.dismiss(id)}>
        <strong>{label}:</strong> {message}{" "}
        {code.startsWith("gpu/") && asked !== undefined && asked !== "wasm" && (
          <button type="button" className="link" onClick={useWasm}>
            Use WASM
          </button>
        )}
      </Notice>
    );
  });
}
