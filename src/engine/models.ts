import {
  isDtype,
  type DeviceChoice,
  type EngineCalls,
  type EngineStatus,
  type Handlers,
  type ModelChoice,
  type Storage,
} from "../contract/index.ts";
import type { Wanted } from "./devices.ts";
import type { EncoderHost } from "./encoder-host.ts";
import type { ModelPart } from "./parts.ts";

type ModelCall = "models" | "addModel" | "setModel" | "setDevice" | "removeModel" | "checkModel" | "hub";

/** What was chosen last, under these names in the database. The hub's token is never among them. */
const SETTING = { device: "device", model: "model", endpoint: "hub-endpoint" } as const;

export interface ModelParts {
  readonly storage: Storage;
  readonly model: ModelPart;
  readonly host: EncoderHost;
  readonly announce: () => Promise<EngineStatus>;
}

/** Answers the calls about models and devices, and remembers what was chosen. */
export function modelHandlers(parts: ModelParts): Pick<Handlers<EngineCalls>, ModelCall> {
  const { storage, model, host, announce } = parts;
  const hub = async (settings: { readonly endpoint?: string; readonly token?: string }) => {
    const { value } = await storage.readSetting({ name: SETTING.endpoint });
    const now = model.hub({ ...(value === null ? {} : { endpoint: value }), ...settings });
    if (settings.endpoint !== undefined)
      await storage.writeSetting({ name: SETTING.endpoint, value: now.endpoint });
    return now;
  };
  return {
    models: () => model.list(),
    async addModel(request, context) {
      await hub({});
      return model.add(request, context);
    },
    async setModel({ modelId, dtype }, { emit }) {
      await host.choose({ model: { modelId, dtype } }, emit);
      await storage.writeSetting({ name: SETTING.model, value: JSON.stringify({ modelId, dtype }) });
      return announce();
    },
    async setDevice({ device }, { emit }) {
      await host.choose({ device }, emit);
      await storage.writeSetting({ name: SETTING.device, value: device });
      return announce();
    },
    removeModel: ({ modelId, what }) => model.remove(modelId, what),
    checkModel: async () => (await host.current()).encoder.check(),
    hub,
  };
}

/** What was chosen at the last visit. */
export async function storedWish(
  storage: Storage,
  bundled: ModelChoice,
  device: DeviceChoice | null | undefined,
): Promise<Wanted> {
  const [model, stored] = await Promise.all([
    storage.readSetting({ name: SETTING.model }),
    storage.readSetting({ name: SETTING.device }),
  ]);
  const { value } = stored;
  return {
    model: model.value === null ? bundled : parseChoice(model.value, bundled),
    device: device ?? (value === "webgpu" || value === "wasm" ? value : "auto"),
  };
}

/** A choice that an earlier version wrote in another way counts as none. */
function parseChoice(value: string, bundled: ModelChoice): ModelChoice {
  const { modelId, dtype } = JSON.parse(value) as Partial<Record<string, unknown>>;
  return typeof modelId === "string" && isDtype(dtype) ? { modelId, dtype } : bundled;
}
