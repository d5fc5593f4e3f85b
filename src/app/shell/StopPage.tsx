import type { ErrorCode } from "../../contract/index.ts";
import { SextantMark } from "./SextantMark.tsx";

interface StopPageProps {
  readonly code: ErrorCode;
  readonly message: string;
  readonly onTakeOver: () => void;
  readonly onRetry: () => void;
}

const TITLES: Partial<Record<ErrorCode, string>> = {
  "storage/busy-elsewhere": "Sextant is open in another tab",
  "storage/unavailable": "This browser cannot keep your data",
  "storage/corrupt": "The database is damaged",
  "storage/newer-schema": "The database belongs to a newer Sextant",
  "boundary/lost": "Sextant stopped",
};

/** What could be the reason, where the engine's own sentence cannot know it. */
const EXPLAINED: Partial<Record<ErrorCode, string>> = {
  "storage/busy-elsewhere":
    "Tabs share one engine, and the tab that runs it does not answer. Close that tab, or use Sextant here; the other tab then stops.",
  "storage/unavailable":
    "Sextant keeps what you add in this browser’s private file system, and nowhere else. Private windows and some settings forbid that. Open Sextant in an ordinary window, or allow site data for it; nothing is kept in memory instead.",
  "storage/corrupt":
    "Nothing was changed. Reload once; if it stays, the data of this site can be cleared in the browser’s settings, and your files added again.",
};

/** A page of its own for what stops everything: says what it is and what can be done. */
export function StopPage({ code, message, onTakeOver, onRetry }: StopPageProps) {
  const isBusy = code === "storage/busy-elsewhere";
  return (
    <main className="stop-page" role="alert">
      <SextantMark />
      <h1>{TITLES[code] ?? "Sextant could not start"}</h1>
      <p>{EXPLAINED[code] ?? message}</p>
      <p className="stop-ways">
        {isBusy && (
          <button type="button" className="button strong" onClick={onTakeOver}>
            Use it here
          </button>
        )}
        <button type="button" className={isBusy ? "button" : "button strong"} onClick={onRetry}>
          Try again
        </button>
      </p>
      <p className="quiet">
        {EXPLAINED[code] !== undefined && <>{message} </>}
        <code>{code}</code>
      </p>
    </main>
  );
}
