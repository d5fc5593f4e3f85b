import { createTurns } from "../base/turns.ts";
import { isSextantError, type DeviceChoice, type EngineEvent, type LoadProgress } from "../contract/index.ts";
import { openDevice, type Opened } from "./devices.ts";
import type { EncoderPart, ModelPart } from "./parts.ts";

/**
 * Holds the one open encoder: opens it on first need, exchanges it, and reopens it once when the GPU is lost. Work
 * that is under way when it is exchanged is done again by the next one.
 */
export interface EncoderHost {
  /** The open encoder; a failed opening is tried again at the next call. */
  current(): Promise<Opened>;
  choose(choice: DeviceChoice, onProgress: (progress: LoadProgress) => void): Promise<Opened>;
  encode(...args: Parameters<EncoderPart["encode"]>): ReturnType<EncoderPart["encode"]>;
  close(): Promise<void>;
}

export function createEncoderHost(
  model: ModelPart,
  firstChoice: () => Promise<DeviceChoice>,
  emit: (event: EngineEvent) => void,
): EncoderHost {
  const turns = createTurns();
  let opened: Opened | undefined;

  const open = async (choice: DeviceChoice, onProgress?: (progress: LoadProgress) => void) => {
    const next = await openDevice(model, choice, {
      onEvent: emit,
      onProgress: (progress) => {
        onProgress?.(progress);
        emit({ type: "loading", progress });
      },
    });
    const before = opened;
    opened = next;
    await before?.encoder.close();
    return next;
  };

  const host: EncoderHost = {
    current: () => turns.take("later", async () => opened ?? open(await firstChoice())),
    choose: (choice, onProgress) => turns.take("later", () => open(choice, onProgress)),
    async encode(texts, options) {
      const { encoder } = await host.current();
      try {
        return await encoder.encode(texts, options);
      } catch (error) {
        const isLost = isSextantError(error, "gpu/lost");
        if (!isLost && !isSextantError(error, "boundary/closed")) throw error;
        const again = await turns.take("later", () => {
          if (opened && opened.encoder !== encoder) return Promise.resolve(opened);
          if (!isLost) throw error;
          return open(opened?.device.asked ?? "auto");
        });
        return again.encoder.encode(texts, options);
      }
    },
    async close() {
      await turns.take("later", async () => {
        await opened?.encoder.close();
        opened = undefined;
      });
    },
  };
  return host;
}
