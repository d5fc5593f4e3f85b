import { useCallback, useEffect, useRef, useState } from "react";
import { toSextantError, type Sextant, type SextantError } from "../../contract/index.ts";
import { AppStoreContext } from "../state/context.tsx";
import type { Environment } from "../state/environment.ts";
import type { Update } from "../state/panel.ts";
import { createAppStore, type AppStore } from "../state/store.ts";
import { Opened } from "./Opened.tsx";
import { SextantMark } from "./SextantMark.tsx";
import { StopPage } from "./StopPage.tsx";
import { followAddress, viewOfAddress } from "./address.ts";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

interface RootProps {
  readonly open: (options: { readonly takeOver: boolean }) => Promise<Sextant>;
  readonly environment: Environment;
  /** Hands over what is called when a newer version can be had; gives what goes over to it. */
  readonly onNewVersion: (tell: (update: Update) => void) => () => void;
}

type Phase =
  | { readonly is: "starting" }
  | { readonly is: "open"; readonly store: AppStore }
  | { readonly is: "stopped"; readonly error: SextantError };

/** What cannot be removed now is at the next start. */
function clearDownloads(): void {
  import("../library/staged-download.ts").then((staged) => staged.clearDownloads()).catch(() => undefined);
}

/** Opens Sextant, shows it, and says so when it cannot be opened or is gone. */
export function Root({ open, environment, onNewVersion }: RootProps) {
  const words = useWords("shell", shell);
  const [phase, setPhase] = useState<Phase>({ is: "starting" });
  const [attempt, setAttempt] = useState({ takeOver: false });
  const [update, setUpdate] = useState<Update | null>(null);
  const goOver = useRef<() => void>(() => location.reload());
  const watches = useRef(false);
  const closed = useRef<Promise<void>>(Promise.resolve());

  useEffect(() => {
    const stop = new AbortController();
    let sextant: Sextant | undefined;
    const fail = (error: unknown): void => {
      if (!stop.signal.aborted) setPhase({ is: "stopped", error: toSextantError(error) });
    };
    const start = async (): Promise<void> => {
      await closed.current;
      if (stop.signal.aborted) return;
      sextant = await open(attempt);
      if (stop.signal.aborted) return;
      const { engine, features, persist, lost, builtIn } = sextant;
      const store = createAppStore(engine, {
        environment: { ...environment, persist, builtIn },
        features,
        view: viewOfAddress(),
      });
      void lost.then(store.actions.model.lose);
      followAddress(store, stop.signal);
      setPhase({ is: "open", store });
      void store.actions.panel.loadSamples();
      await store.actions.model.start(stop.signal);
      clearDownloads();
    };
    const started = start().catch(fail);
    return () => {
      stop.abort();
      // The database has one owner: the next attempt waits until this one has let it go.
      closed.current = started.then(() => sextant?.close());
    };
  }, [open, environment, attempt]);

  useEffect(() => {
    // Opening comes first; one that fails may be the old version's fault.
    if (phase.is === "starting") return;
    if (phase.is === "open" && update) phase.store.actions.panel.offerUpdate(update);
    if (watches.current) return;
    watches.current = true;
    goOver.current = onNewVersion(setUpdate);
  }, [phase, update, onNewVersion]);

  const retry = useCallback((takeOver: boolean) => {
    setPhase({ is: "starting" });
    setAttempt({ takeOver });
  }, []);

  switch (phase.is) {
    case "starting":
      return (
        <main className="stop-page">
          <SextantMark />
          <p role="status">{words.opening}</p>
        </main>
      );
    case "stopped":
      return (
        <StopPage
          code={phase.error.code}
          message={phase.error.message}
          onUpdate={update === "waits" ? () => goOver.current() : null}
          onTakeOver={() => retry(true)}
          onRetry={() => retry(false)}
        />
      );
    case "open":
      return (
        <AppStoreContext value={phase.store}>
          <Opened
            onUpdate={() => goOver.current()}
            onTakeOver={() => retry(true)}
            onRetry={() => retry(false)}
          />
        </AppStoreContext>
      );
    default:
      return phase satisfies never;
  }
}
