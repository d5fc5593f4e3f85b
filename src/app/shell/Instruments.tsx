import { Popover } from "@base-ui/react/popover";
import type { DeviceChoice, EngineStatus, Features } from "../../contract/index.ts";
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
  const degraded = useApp((state) => state.model.degraded.length > 0);
  const { model } = useActions();
  const caption = loading
    ? `${PHASES[loading.phase]} ${percent(loading.doneBytes, loading.totalBytes)}`
    : status
      ? `${USED_WORDS[status.device.used]}, ${status.device.dtype}`
      : "opening the model";
  return (
    <Popover.Root onOpenChange={(open) => open && void model.refresh()}>
      <Popover.Trigger
        className="tool-button"
        data-degraded={degraded || undefined}
        aria-label={`Instruments: ${caption}`}
      >
        <span className="sounding">{caption}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" collisionPadding={8}>
          <Popover.Popup className="popover wide">
            <Popover.Title className="popover-title">Instruments</Popover.Title>
            {status ? (
              <Readings status={status} features={features} />
            ) : (
              <p className="quiet">The model is being opened. Words are searched already.</p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function percent(done: number, total: number): string {
  return total === 0 ? "" : `${Math.round((100 * done) / total)} %`;
}

interface ReadingsProps {
  readonly status: EngineStatus;
  readonly features: Features | null;
}

function Readings({ status, features }: ReadingsProps) {
  const { model: actions } = useActions();
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
          "in use": `${USED_WORDS[device.used]}, ${device.dtype}`,
          adapter: device.adapter,
          threads: device.used === "wasm" ? String(device.threads) : null,
          "page isolated": features && (features.isolated ? "yes" : "no: one thread only"),
          "agreement with the reference": device.parityCosine?.toFixed(4) ?? "not checked",
          "ready after": `${(device.loadMs / 1000).toFixed(1)} s`,
          "latest speed": speed && `${speed.passagesPerSecond.toFixed(1)} passages/s`,
        }}
      />
      <Facts
        heading="Model"
        facts={{
          name: model.name,
          size: formatBytes(model.sizeBytes),
          vectors: `${model.dim} dimensions`,
          "longest text": `${model.maxTokens} tokens`,
          licence: model.licence,
        }}
      />
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
