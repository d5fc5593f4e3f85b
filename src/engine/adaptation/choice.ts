import {
  ADAPTATION_CHOICES,
  type AdaptationChoice,
  type AdaptationRequest,
  type Storage,
} from "../../contract/index.ts";

const nameOf = ({ collectionId, task }: AdaptationRequest): string => `adaptation/${collectionId}/${task}`;

/** What the person chose for a collection and a task; `auto` until then. */
export async function readChoice(storage: Storage, request: AdaptationRequest): Promise<AdaptationChoice> {
  const { value } = await storage.readSetting({ name: nameOf(request) });
  return ADAPTATION_CHOICES.find((choice) => choice === value) ?? "auto";
}

export function writeChoice(
  storage: Storage,
  request: AdaptationRequest,
  choice: AdaptationChoice,
): Promise<void> {
  return storage.writeSetting({ name: nameOf(request), value: choice });
}
