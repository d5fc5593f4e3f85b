import { useActions, useApp } from "../state/context.tsx";
import { Notice } from "./Notice.tsx";
import { Told } from "./Told.tsx";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

/** What did not work and why; where a GPU was at fault, with the other device one step away. */
export function Failures() {
  const failures = useApp((state) => state.jobs.failures);
  const asked = useApp((state) => state.model.status?.device.asked);
  const { jobs, model } = useActions();
  const words = useWords("shell", shell);
  return failures.map(({ id, label, code, message }) => {
    const useWasm = (): void => {
      jobs.dismiss(id);
      void model.setDevice("wasm");
    };
    return (
      <Notice key={id} tone="error" code={code} onDismiss={() => jobs.dismiss(id)}>
        <strong>{label}:</strong> <Told code={code} message={message} />{" "}
        {code.startsWith("gpu/") && asked !== undefined && asked !== "wasm" && (
          <button type="button" className="link" onClick={useWasm}>
            {words.useWasm}
          </button>
        )}
      </Notice>
    );
  });
}
