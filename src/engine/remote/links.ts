import type { RemoteAccess, RemoteLink, RemoteServer, Storage } from "../../contract/index.ts";
import { normalServer } from "../../remote/index.ts";

/** What is kept of collections' places on servers; keys are kept in memory only. */
export interface Links {
  all(): Promise<readonly RemoteLink[]>;
  of(collectionId: number): Promise<RemoteLink | null>;
  write(link: RemoteLink): Promise<void>;
  forget(collectionId: number): Promise<void>;
  /** The server as it is written everywhere, with the key given now or earlier in this visit. */
  accessTo(server: RemoteAccess): RemoteAccess;
}

const nameOf = (collectionId: number): string => `remote:${collectionId}`;

export function createLinks(storage: Storage): Links {
  const keys = new Map<string, string>();
  let known: Map<number, RemoteLink | null> = new Map();

  async function of(collectionId: number): Promise<RemoteLink | null> {
    const found = known.get(collectionId);
    if (found !== undefined) return found;
    const { value } = await storage.readSetting({ name: nameOf(collectionId) });
    const link = value === null || value === "" ? null : (JSON.parse(value) as RemoteLink);
    known.set(collectionId, link);
    return link;
  }

  return {
    of,
    async all() {
      const collections = await storage.collections({});
      const links = await Promise.all(collections.map(({ id }) => of(id)));
      return links.filter((link) => link !== null);
    },
    async write(link) {
      await storage.writeSetting({ name: nameOf(link.collectionId), value: JSON.stringify(link) });
      known.set(link.collectionId, link);
    },
    async forget(collectionId) {
      await storage.writeSetting({ name: nameOf(collectionId), value: "" });
      known = new Map([...known].filter(([id]) => id !== collectionId));
    },
    accessTo({ key, ...given }) {
      const server = normalServer(given);
      const name = serverName(server);
      if (key !== undefined && key !== "") keys.set(name, key);
      const kept = keys.get(name);
      return kept === undefined ? server : { ...server, key: kept };
    },
  };
}

export function serverName({ url, tenant, database }: RemoteServer): string {
  return JSON.stringify([url, tenant, database]);
}
