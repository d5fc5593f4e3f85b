import { useActions, useApp } from "../state/context.tsx";
import { Notice } from "./Notice.tsx";
import { Remedy } from "./Remedy.tsx";
import { Told } from "./Told.tsx";

/** What did not work, why, and one step away from it. */
export function Failures() {
  const failures = useApp((state) => state.jobs.failures);
  const { jobs } = useActions();
  return failures.map(({ id, label, code, message }) => (
    <Notice key={id} tone="error" code={code} onDismiss={() => jobs.dismiss(id)}>
      <strong>{label}:</strong> <Told code={code} message={message} />{" "}
      <Remedy code={code} onLeft={() => jobs.dismiss(id)} />
    </Notice>
  ));
}
