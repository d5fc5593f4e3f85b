import type { ErrorCode } from "../../contract/index.ts";
import { Told } from "../parts/Told.tsx";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";
import { SextantMark } from "./SextantMark.tsx";

interface StopPageProps {
  readonly code: ErrorCode;
  readonly message: string;
  readonly onTakeOver: () => void;
  readonly onRetry: () => void;
}

/** A page of its own for what stops everything: says what it is and what can be done. */
export function StopPage({ code, message, onTakeOver, onRetry }: StopPageProps) {
  const words = useWords("shell", shell);
  const explained = words.explained[code];
  const isBusy = code === "storage/busy-elsewhere";
  return (
    <main className="stop-page" role="alert">
      <SextantMark />
      <h1>{words.stopped[code] ?? words.couldNotStart}</h1>
      <p>{explained ?? <Told code={code} message={message} />}</p>
      <p className="stop-ways">
        {isBusy && (
          <button type="button" className="button strong" onClick={onTakeOver}>
            {words.useHere}
          </button>
        )}
        <button type="button" className={isBusy ? "button" : "button strong"} onClick={onRetry}>
          {words.tryAgain}
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
