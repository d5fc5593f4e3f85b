import { SextantError, type EngineCalls, type Handlers, type Storage } from "../../contract/index.ts";
import type { EncoderHost } from "../encoder-host.ts";
import { createBegunImports } from "./begun-imports.ts";
import { createVectorCheck } from "./check-vector.ts";
import { bundleId, importBundle } from "./import-bundle.ts";
import { openBundle } from "./open-bundle.ts";
import { writeBundle } from "./write-bundle.ts";

/** The engine's calls that take collections out of the database and put them in. */
export function bundleHandlers(
  storage: Storage,
  host: EncoderHost,
): Pick<Handlers<EngineCalls>, "exportBundle" | "importBundle" | "begunImports" | "forgetImport"> {
  const begun = createBegunImports(storage);
  return {
    async exportBundle({ collectionIds, preferences = {} }, { signal, emit, deliver }) {
      const all = await storage.collections({});
      const chosen = collectionIds ? all.filter(({ id }) => collectionIds.includes(id)) : all;
      if (collectionIds && chosen.length !== new Set(collectionIds).size)
        throw new SextantError("storage/not-found", "A collection of the export is gone: choose again.");
      const totalPassages = chosen.reduce((sum, collection) => sum + collection.passages, 0);
      let sizeBytes = 0;
      const take = (bytes: Uint8Array): Promise<void> => {
        sizeBytes += bytes.length;
        // A message takes the whole buffer along that a view looks into.
        return deliver({ type: "bytes", bytes: bytes.slice() });
      };
      const { passages } = await writeBundle(storage, chosen, take, {
        createdAt: new Date().toISOString(),
        signal,
        ...(collectionIds === undefined && { everything: { preferences } }),
        onPassages: (donePassages) => emit({ type: "progress", donePassages, totalPassages }),
      });
      return { collections: chosen.length, passages, sizeBytes };
    },
    async importBundle({ file, name }, { signal, emit }) {
      const check = createVectorCheck(storage, host);
      const bundle = await openBundle(file);
      const { collections } = bundle.manifest;
      const noted = {
        id: await bundleId(bundle.manifest),
        name: name ?? collections.map((collection) => collection.name).join(", "),
        collections: collections.length,
      };
      return begun.during(noted, () => importBundle(storage, bundle, { check, signal, emit }));
    },
    begunImports: () => begun.list(),
    forgetImport: ({ id }) => begun.forget(id),
  };
}
