import { lazy, Suspense } from "react";
import { useActions, useApp } from "../state/context.tsx";
import { Notice } from "./Notice.tsx";
import { Told } from "./Told.tsx";
import { WayOut } from "./WayOut.tsx";

const MakeRoom = lazy(async () => ({ default: (await import("../library/MakeRoom.tsx")).MakeRoom }));

/** What did not work, why, and one step away from it. */
export function Failures() {
  const failures = useApp((state) => state.jobs.failures);
  const { jobs } = useActions();
  return failures.map(({ id, label, code, message }) => (
    <Notice key={id} tone="error" code={code} onDismiss={() => jobs.dismiss(id)}>
      <strong>{label}:</strong> <Told code={code} message={message} />{" "}
      <Suspense>{code === "storage/full" && <MakeRoom />}</Suspense>{" "}
      <WayOut code={code} onLeft={() => jobs.dismiss(id)} />
    </Notice>
  ));
}
