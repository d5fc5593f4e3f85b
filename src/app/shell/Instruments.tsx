import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import type { DeviceChoice, EngineStatus, Features } from "../../contract/index.ts";
import { Proof } from "../models/Proof.tsx";
import { proofOf } from "../models/words.ts";
import { formatBytes } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { PHASES } from "../state/model.ts";
import { Facts } from "./Facts.tsx";
import { Choice } from "./Settings.tsx";

const DEVICES = ["auto", "webgpu", "wasm"] as const satisfies readonly DeviceChoice[];

const DEVICE_WORDS = {
  auto: "Whichever suits this machine",
  webgpu: "WebGPU",
  wasm: "WebAssembly",
} as const satisfies Record<DeviceChoice, string>;

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
  const [open, setOpen] = useState(false);
  const caption = loading
    ? `${PHASES[loading.phase]} ${percent(loading.doneBytes, loading.totalBytes)}`
    : status
      ? usedWords(status)
      : unopened
        ? "no model"
        : "opening the model";
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
        aria-label={`Instruments: ${caption}`}
      >
        <span className="sounding">{caption}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" collisionPadding={8}>
          <Popover.Popup className="popover wide">
            <Popover.Title className="popover-title">Instruments</Popover.Title>
            {status ? (
              <Readings status={status} features={features} onModels={() => setOpen(false)} />
            ) : (
              <p className="quiet">
                {unopened ? "No model is open." : "The model is being opened. Words are searched already."}
              </p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function usedWords({ model, device }: EngineStatus): string {
  return model.dim === 0 ? "words only" : `${USED_WORDS[device.used]}, ${device.dtype}`;
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
  return (
    <>
      <p>{device.reason}</p>
      <Choice
        label="Compute on"
        value={device.asked}
        words={DEVICE_WORDS}
        all={DEVICES}
        onChange={(asked) => void actions.setDevice(asked)}
      />
      <Facts
        heading="Device"
        facts={{
          "in use": usedWords(status),
          adapter: device.adapter,
          threads: device.used === "wasm" ? String(device.threads) : null,
          "page isolated": features && (features.isolated ? "yes" : "no: one thread only"),
          "ready after": `${(device.loadMs / 1000).toFixed(1)} s`,
          "latest speed": speed && `${speed.passagesPerSecond.toFixed(1)} passages/s`,
        }}
      />
      <Facts
        heading="Model"
        facts={{
          name: model.name,
          size: formatBytes(model.sizeBytes),
          vectors: model.dim === 0 ? "none: words only" : `${model.dim} dimensions`,
          "longest text": model.dim === 0 ? null : `${model.maxTokens} tokens`,
          licence: model.licence,
        }}
      />
      <button type="button" className="button" onClick={showModels}>
        Choose another model
      </button>
      <Proof status={status} />
      <Facts
        heading="Your data"
        facts={{
          kept: storage.durable
            ? `on this device (${storage.where})`
            : "in memory only, until this page closes",
          database: formatBytes(storage.databaseBytes),
          "this site in all":
            usageBytes === null || quotaBytes === null
              ? null
              : `${formatBytes(usageBytes)} of ${formatBytes(quotaBytes)}`,
          "under storage pressure":
            storage.persisted === null
              ? null
              : storage.persisted
                ? "is kept"
                : "may be cleared by the browser",
        }}
      />
      {storage.persisted === false && (
        <button type="button" className="button" onClick={() => void actions.persist()}>
          Keep my data
        </button>
      )}
    </>
  );
}
