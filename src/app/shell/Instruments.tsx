import { lazy } from "react";
import { proofOf } from "../models/proof.ts";
import { useActions, useApp } from "../state/context.tsx";
import { instruments } from "../words/en/instruments.ts";
import { work } from "../words/en/work.ts";
import { useWords } from "../words/words.ts";
import { ToolPopover } from "./ToolPopover.tsx";
import { usedWords } from "./used-words.ts";

const Readings = lazy(async () => ({ default: (await import("./Readings.tsx")).Readings }));

/** What computes, in two words; pressed, all about it. */
export function Instruments() {
  const status = useApp((state) => state.model.status);
  const loading = useApp((state) => state.model.loading);
  const features = useApp((state) => state.model.features);
  const unopened = useApp((state) => state.model.unopened !== null);
  const degraded = useApp((state) => state.model.degraded.length > 0);
  const wrong = useApp(
    ({ model, models }) => model.status && !(proofOf(model.status, models.checked).holds ?? true),
  );
  const { model } = useActions();
  const words = useWords("instruments", instruments);
  const { phases } = useWords("work", work);
  const caption = loading
    ? `${phases[loading.phase]} ${percent(loading.doneBytes, loading.totalBytes)}`
    : status
      ? usedWords(status, words)
      : unopened
        ? words.noModel
        : words.openingModel;
  return (
    <ToolPopover
      title={words.title}
      caption={<span className="sounding">{caption}</span>}
      label={words.captioned(caption)}
      degraded={degraded || wrong === true}
      wide
      onOpen={() => {
        if (status) void model.refresh();
      }}
    >
      {(close) =>
        status ? (
          <Readings status={status} features={features} onModels={close} />
        ) : (
          <p className="quiet">{unopened ? words.noModelOpen : words.beingOpened}</p>
        )
      }
    </ToolPopover>
  );
}

function percent(done: number, total: number): string {
  return total === 0 ? "" : `${Math.round((100 * done) / total)} %`;
}
