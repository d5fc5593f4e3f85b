import type { ReactNode } from "react";
import type { TaskId } from "../../contract/index.ts";

/** Diagrams of a task's shape, so that a task is known without its colour. */
const SIGNS = {
  qa: (
    <>
      <circle cx="4" cy="10" r="2.2" className="sign-fill" />
      <path d="M9 5h9M9 10h9M9 15h6" />
    </>
  ),
  convsearch: (
    <>
      <path d="M2 4h7M5 8h7M8 12h5" />
      <circle cx="16" cy="16" r="2.2" className="sign-fill" />
    </>
  ),
  chat: (
    <>
      <path d="M2 4h7M11 8h7M2 12h7M11 16h7" />
      <path d="M10 16C4 17 1 9 6 5" className="sign-light" />
    </>
  ),
  lrlm: (
    <>
      <path d="M2 8h3M7 8h3M12 8h3M2 12h3M7 12h3M12 12h3" className="sign-light" />
      <path d="M2 7h3v2h-3z" className="sign-fill" />
      <path d="M17.5 4v12" />
    </>
  ),
  icl: (
    <>
      <path d="M2 5h7M12 5h6M2 10h7M12 10h6M2 15h7" />
      <rect x="12" y="13" width="6" height="4" className="sign-light" />
    </>
  ),
  tool: (
    <>
      <path d="M2 10h5M7 10l4-6h3M7 10l4 6h3" className="sign-light" />
      <path d="M7 10h7" />
      <circle cx="16.5" cy="10" r="2.2" className="sign-fill" />
    </>
  ),
} as const satisfies Record<TaskId, ReactNode>;

export function TaskSign({ task }: { readonly task: TaskId }) {
  return (
    <svg className="task-sign" viewBox="0 0 20 20" aria-hidden="true">
      {SIGNS[task]}
    </svg>
  );
}
