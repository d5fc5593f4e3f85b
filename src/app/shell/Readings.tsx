import type { DeviceChoice, EngineStatus, Features } from "../../contract/index.ts";
import { Proof } from "../models/Proof.tsx";
import { formatBytes } from "../parts/format.ts";
import { useActions } from "../state/context.tsx";
import { format } from "../words/en/format.ts";
import { instruments } from "../words/en/instruments.ts";
import { useWords, wordsOf } from "../words/words.ts";
import { Choice } from "./Choice.tsx";
import { Facts } from "./Facts.tsx";
import { usedWords } from "./used-words.ts";

const DEVICES = ["auto", "webgpu", "wasm"] as const satisfies readonly DeviceChoice[];

interface ReadingsProps {
  readonly status: EngineStatus;
  readonly features: Features | null;
  readonly onModels: () => void;
}

/** Which device computes, why, how fast, and where the data lies. */
export function Readings({ status, features, onModels }: ReadingsProps) {
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
