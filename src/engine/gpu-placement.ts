import { isSextantError, type SextantError } from "../contract/index.ts";
import { GPU_FROM_VALUES, openGpuSearch, type GpuSearch, type VectorSet } from "../vectors/index.ts";

/** Keeps large collections' vectors on the GPU that the model is computed on, for as long as it is. */
export interface GpuPlacement {
  /**
   * Looks whether a set belongs on the GPU of now: moves it there in the background, and home before it resolves where
   * that GPU is gone. A set stays where it is once a GPU refused or failed it, until there is another GPU.
   */
  place(set: VectorSet): Promise<void>;
}

export interface GpuPlacementOptions {
  /** What the model is computed on; null on WASM. */
  readonly device: () => GPUDevice | null;
  /** A GPU was not taken, or its memory did not do. */
  readonly onFault: (fault: SextantError) => void;
  /** Tests give their own. */
  readonly open?: (device: GPUDevice) => Promise<GpuSearch | null>;
  readonly fromValues?: number;
}

export function createGpuPlacement(options: GpuPlacementOptions): GpuPlacement {
  const { device: deviceOfNow, onFault, open = openGpuSearch, fromValues = GPU_FROM_VALUES } = options;
  const searches = new WeakMap<GPUDevice, Promise<GpuSearch | null>>();
  const devices = new WeakMap<VectorSet, GPUDevice>();
  const moving = new WeakMap<VectorSet, Promise<void>>();

  const report = (error: unknown): null => {
    // Anything else is of the storage that vectors are read from: the search says it.
    if (isSextantError(error) && /^(gpu|vectors)\//.test(error.code)) onFault(error);
    return null;
  };

  function searchOn(device: GPUDevice): Promise<GpuSearch | null> {
    const known = searches.get(device);
    if (known) return known;
    const opening = open(device).catch(report);
    searches.set(device, opening);
    return opening;
  }

  async function moveTo(set: VectorSet, device: GPUDevice): Promise<void> {
    const search = await searchOn(device);
    if (search && deviceOfNow() === device) await set.moveTo(search);
  }

  return {
    async place(set) {
      const device = deviceOfNow();
      const before = devices.get(set);
      if (device === (before ?? null)) return;
      if (before !== undefined) {
        devices.delete(set);
        await moving.get(set);
        await set.moveHome();
      }
      if (device === null || set.size * set.dim < fromValues || devices.has(set)) return;
      devices.set(set, device);
      const moved = moveTo(set, device).catch(report);
      moving.set(
        set,
        moved.then(() => undefined),
      );
    },
  };
}
