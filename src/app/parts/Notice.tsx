import type { ReactNode } from "react";

interface NoticeProps {
  readonly tone: "plain" | "warning" | "error";
  readonly code?: string;
  readonly onDismiss?: () => void;
  readonly children: ReactNode;
}

/** Something that happened, in a sentence; stays until it is over or dismissed. */
export function Notice({ tone, code, onDismiss, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={tone === "error" ? "alert" : "status"}>
      <p>
        {children} {code !== undefined && <code>{code}</code>}
      </p>
      {onDismiss && (
        <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}>
          ×
        </button>
      )}
    </div>
  );
}
