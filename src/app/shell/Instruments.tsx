import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import type { DeviceChoice, EngineStatus, Features } from "../../contract/index.ts";
import { Proof } from "../models/Proof.tsx";
import { proofOf } from "../models/proof.ts";
import { formatBytes } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { Facts } from "./Facts.tsx";
import { Choice } from "./Settings.tsx";
import { instruments } from "../words/en/instruments.ts";
import { format } from "../words/en/format.ts";
import { work } from "../words/en/work.ts";
import { useWords, wordsOf } from "../words/words.ts";

const DEVICES = ["auto", "webgpu", "wasm"] as const satisfies readonly DeviceChoice[];

const USED_WORDS = { webgpu: "WebGPU", wasm: "WASM" } as const;

/** Which device computes, why, how fast, and where the data lies. */
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
  const [open, setOpen] = useState(false);
  const caption = loading
    ? `${phases[loading.phase]} ${percent(loading.doneBytes, loading.totalBytes)}`
    : status
      ? usedWords(status, words)
      : unopened
        ? words.noModel
        : words.openingModel;
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next && status) void model.refresh();
      }}
    >
      <Popover.Trigger
        className="tool-button"
        data-degraded={degraded || wrong || undefined}
        aria-label={words.captioned(caption)}
      >
        <span className="sounding">{caption}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" collisionPadding={8}>
          <Popover.Popup className="popover wide">
            <Popover.Title className="popover-title">{words.title}</Popover.Title>
            {status ? (
              <Readings status={status} features={features} onModels={() => setOpen(false)} />
            ) : (
              <p className="quiet">{unopened ? words.noModelOpen : words.beingOpened}</p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function usedWords({ model, device }: EngineStatus, words: typeof instruments): string {
  return model.dim === 0 ? words.wordsOnly : `${USED_WORDS[device.used]}, ${device.dtype}`;
}

function percent(done: number, total: number): string {
  return total === 0 ? "" : `${Math.round((100 * done) / total)} %`;
}

interface ReadingsProps {
  readonly status: EngineStatus;
  readonly features: Features | null;
  readonly onModels: () => void;
}

function Readings({ status, features, onModels }: ReadingsProps) {
  const { model: actions, panel } = useActions();
  const showModels = (): void => {
    onModels();
    panel.showModels(true);
  };
  const { model, device, speed, storage } = status;
  const { usageBytes, quotaBytes } = storage;
  const words = useWords("instruments", instruments);
  return (
    <>
      <p>{words.reason(device.reason)}</p>
      <Choice
        label={words.computeOn}
        value={device.asked}
        words={words.devices}
        all={DEVICES}
        onChange={(asked) => void actions.setDevice(asked)}
      />
      <Facts
        heading={words.device}
        facts={{
          [words.inUse]: usedWords(status, words),
          [words.adapter]: device.adapter,
          [words.threads]: device.used === "wasm" ? String(device.threads) : null,
          [words.isolated]: features && (features.isolated ? words.yes : words.oneThread),
          [words.readyAfter]: wordsOf("format", format).seconds((device.loadMs / 1000).toFixed(1)),
          [words.latestSpeed]: speed && words.passagesPerSecond(speed.passagesPerSecond.toFixed(1)),
        }}
      />
      <Facts
        heading={words.model}
        facts={{
          [words.name]: model.name,
          [words.size]: formatBytes(model.sizeBytes),
          [words.vectors]: model.dim === 0 ? words.noVectors : words.dimensions(String(model.dim)),
          [words.longestText]: model.dim === 0 ? null : words.tokens(String(model.maxTokens)),
          [words.licence]: words.told(model.licence),
        }}
      />
      <button type="button" className="button" onClick={showModels}>
        {words.anotherModel}
      </button>
      <Proof status={status} />
      <Facts
        heading={words.yourData}
        facts={{
          [words.kept]: storage.durable ? words.keptHere(storage.where) : words.inMemoryOnly,
          [words.database]: formatBytes(storage.databaseBytes),
          [words.siteInAll]:
            usageBytes === null || quotaBytes === null
              ? null
              : words.bytesOf(formatBytes(usageBytes), formatBytes(quotaBytes)),
          [words.underPressure]:
            storage.persisted === null ? null : storage.persisted ? words.isKept : words.mayBeCleared,
        }}
      />
      {storage.persisted === false && (
        <button type="button" className="button" onClick={() => void actions.persist()}>
          {words.keepMyData}
        </button>
      )}
    </>
  );
}
