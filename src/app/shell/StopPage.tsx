import type { ErrorCode } from "../../contract/index.ts";
import { Told } from "../parts/Told.tsx";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";
import { SextantMark } from "./SextantMark.tsx";

interface StopPageProps {
  readonly code: ErrorCode;
  readonly message: string;
  /** Goes over to the version that waits; null when none does. */
  readonly onUpdate: (() => void) | null;
  readonly onTakeOver: () => void;
  readonly onRetry: () => void;
}

/** A page of its own for what stops everything: says what it is and what can be done. */
export function StopPage({ code, message, onUpdate, onTakeOver, onRetry }: StopPageProps) {
  const words = useWords("shell", shell);
  const explained = words.explained[code];
  const canTakeOver = code === "storage/busy-elsewhere" || code === "boundary/protocol";
  // Only another version helps: opening once more would end here again.
  const isOld = code === "storage/newer-schema" || code === "boundary/protocol";
  return (
    <main className="stop-page" role="alert">
      <SextantMark />
      <h1>{words.stopped[code] ?? words.couldNotStart}</h1>
      <p>{explained ?? <Told code={code} message={message} />}</p>
      <p className="stop-ways">
        {onUpdate && (
          <button type="button" className="button strong" onClick={onUpdate}>
            {words.update.waits.go}
          </button>
        )}
        {canTakeOver && (
          <button type="button" className="button strong" onClick={onTakeOver}>
            {words.useHere}
          </button>
        )}
        <button
          type="button"
          className={onUpdate || canTakeOver ? "button" : "button strong"}
          onClick={isOld ? () => location.reload() : onRetry}
        >
          {isOld ? words.waysOut.reload : words.tryAgain}
        </button>
      </p>
      <p className="quiet">
        {explained !== undefined && (
          <>
            <Told code={code} message={message} />{" "}
          </>
        )}
        <code>{code}</code>
      </p>
    </main>
  );
}
