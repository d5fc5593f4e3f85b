import { useApp } from "../state/context.tsx";
import { App } from "./App.tsx";
import { StopPage } from "./StopPage.tsx";

interface OpenedProps {
  readonly onUpdate: () => void;
  readonly onTakeOver: () => void;
  readonly onRetry: () => void;
}

/** The app, or why it cannot go on: another tab took over, or the workers are gone. */
export function Opened({ onUpdate, onTakeOver, onRetry }: OpenedProps) {
  const lost = useApp((state) => state.model.lost);
  const update = useApp((state) => state.panel.update);
  if (lost === null) return <App onUpdate={onUpdate} />;
  return (
    <StopPage
      code={lost.code}
      message={lost.message}
      onUpdate={update === "waits" ? onUpdate : null}
      onTakeOver={onTakeOver}
      onRetry={onRetry}
    />
  );
}
