import { isErrorCode } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { WAYS_OUT } from "../state/ways-out.ts";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

interface WayOutProps {
  readonly code: string;
  /** Called when the error has no ground any more. */
  readonly onLeft: () => void;
}

/** One step away from an error, where the app knows one. */
export function WayOut({ code, onLeft }: WayOutProps) {
  const asked = useApp((state) => state.model.status?.device.asked);
  const choosing = useApp((state) => state.panel.models);
  const { library, model, panel } = useActions();
  const words = useWords("shell", shell);
  const way = isErrorCode(code) ? WAYS_OUT[code] : "told";
  if (way === "told" || (way === "models" && choosing)) return null;
  if (way === "wasm" && (asked === undefined || asked === "wasm")) return null;
  const go = {
    wasm: () => {
      onLeft();
      void model.setDevice("wasm");
    },
    models: () => panel.showModels(true),
    library: () => library.show({ collectionId: null, sourceId: null }),
    reload: () => location.reload(),
    report: () => panel.showOverlay("diagnostics"),
  }[way];
  return (
    <button type="button" className="link" onClick={go}>
      {words.waysOut[way]}
    </button>
  );
}
