import { createTurns } from "../../base/turns.ts";
import { isSextantError, type BegunImport, type Storage } from "../../contract/index.ts";
import { targetSetting } from "./import-bundle.ts";

/** An import as it is noted: of a bundle with so many collections. */
interface Noted extends BegunImport {
  readonly collections: number;
}

/** Which imports did not come to their end, also those that a closed tab cut off. */
export interface BegunImports {
  /** Notes an import while `work` is under way, and from then on unless it ends well or the file is found damaged. */
  during<T>(noted: Noted, work: () => Promise<T>): Promise<T>;
  /** Without those that are under way. */
  list(): Promise<readonly BegunImport[]>;
  /** What came of it stays; what its sources lack is made from their text, like that of any other source. */
  forget(id: string): Promise<void>;
}

const SETTING = "imports-begun";

export function createBegunImports(
  storage: Pick<Storage, "readSetting" | "writeSetting" | "sources" | "releaseSources">,
): BegunImports {
  const turns = createTurns();
  const underWay: string[] = [];

  async function read(): Promise<readonly Noted[]> {
    const { value } = await storage.readSetting({ name: SETTING });
    return value === null ? [] : (JSON.parse(value) as readonly Noted[]);
  }

  const change = (to: (noted: readonly Noted[]) => readonly Noted[]): Promise<void> =>
    turns.take("now", async () =>
      storage.writeSetting({ name: SETTING, value: JSON.stringify(to(await read())) }),
    );
  const without = (id: string) => (noted: readonly Noted[]) => noted.filter((one) => one.id !== id);

  async function release({ id, collections }: Noted): Promise<void> {
    for (let place = 0; place < collections; place++) {
      const { value } = await storage.readSetting({ name: targetSetting(id, place) });
      if (value === null) continue;
      const sources = await storage.sources({ collectionId: Number(value) }).catch((error: unknown) => {
        if (isSextantError(error, "storage/not-found")) return [];
        throw error;
      });
      const sourceIds = sources.filter(({ done, total }) => done < total).map((source) => source.id);
      await storage.releaseSources({ sourceIds });
    }
  }

  return {
    async during(noted, work) {
      const { id } = noted;
      underWay.push(id);
      try {
        await change((all) => [...without(id)(all), noted]);
        const done = await work();
        await change(without(id));
        return done;
      } catch (error) {
        // The same file would end the same way.
        if (isSextantError(error) && error.code.startsWith("ingest/")) await change(without(id));
        throw error;
      } finally {
        underWay.splice(underWay.indexOf(id), 1);
      }
    },
    async list() {
      const noted = (await read()).filter(({ id }) => !underWay.includes(id));
      return noted.map(({ id, name }) => ({ id, name }));
    },
    async forget(id) {
      const noted = (await read()).find((one) => one.id === id);
      if (!noted || underWay.includes(id)) return;
      await release(noted);
      await change(without(id));
    },
  };
}
