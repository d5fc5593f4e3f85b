import { lazy, Suspense } from "react";
import type { ErrorCode } from "../../contract/index.ts";
import { WayOut } from "./WayOut.tsx";

const MakeRoom = lazy(async () => ({ default: (await import("../library/MakeRoom.tsx")).MakeRoom }));

/** What can be done from here about what did not work: nothing for most codes, whose own sentence says it. */
export function Remedy({ code, onLeft }: { readonly code: ErrorCode; readonly onLeft: () => void }) {
  return (
    <>
      <Suspense>{code === "storage/full" && <MakeRoom />}</Suspense> <WayOut code={code} onLeft={onLeft} />
    </>
  );
}
