import type { ReactNode } from "react";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

interface NoticeProps {
  readonly tone: "plain" | "warning" | "error";
  readonly code?: string;
  readonly onDismiss?: () => void;
  readonly children: ReactNode;
}

/** Something that happened, in a sentence; stays until it is over or dismissed. */
export function Notice({ tone, code, onDismiss, children }: NoticeProps) {
  const words = useWords("shell", shell);
  return (
    <div className="notice" data-tone={tone} role={tone === "error" ? "alert" : "status"}>
      <p>
        {children} {code !== undefined && <code>{code}</code>}
      </p>
      {onDismiss && (
        <button type="button" className="icon-button" aria-label={words.dismiss} onClick={onDismiss}>
          ×
        </button>
      )}
    </div>
  );
}
