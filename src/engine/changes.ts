import type { EngineCalls, EngineEvent, Handlers } from "../contract/index.ts";

/** The calls that change what is stored, whoever watches. */
const CHANGING = [
  "createCollection",
  "deleteCollection",
  "add",
  "addUrl",
  "removeSources",
  "removePassage",
  "restore",
  "freeRemovals",
  "renameCollection",
  "renameSource",
  "editPassage",
  "revertPassage",
  "tagSource",
  "index",
  "importBundle",
  "forgetImport",
  "openRemote",
  "push",
  "pull",
  "forgetRemote",
] as const satisfies readonly (keyof EngineCalls)[];

type Handler = (input: never, context: never) => Promise<unknown>;

/** Tells everyone who watches after each call that may have changed something, also when it failed half way. */
export function tellChanges(
  handlers: Handlers<EngineCalls>,
  emit: (event: EngineEvent) => void,
): Handlers<EngineCalls> {
  const told: Partial<Record<keyof EngineCalls, Handler>> = {};
  for (const name of CHANGING) {
    const handler: Handler = handlers[name];
    told[name] = async (input, context) => {
      try {
        return await handler(input, context);
      } finally {
        emit({ type: "changed" });
      }
    };
  }
  return { ...handlers, ...told } as Handlers<EngineCalls>;
}
