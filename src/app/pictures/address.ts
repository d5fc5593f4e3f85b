import type { TaskId } from "../../contract/index.ts";
import { PICTURES, type Picture, type PicturesState } from "../state/pictures.ts";

/** The part of an address that says which picture is shown and where the arm of a task stands; usual things are left out. */
export function formatPicture(
  { picture, cuts }: Pick<PicturesState, "picture" | "cuts">,
  task: TaskId,
): string {
  const parameters = new URLSearchParams();
  if (picture !== "limb") parameters.set("picture", picture);
  const cut = cuts[task];
  if (cut !== undefined) parameters.set("cut", cut.toFixed(1));
  const text = parameters.toString();
  return text === "" ? "" : `&${text}`;
}

/** Reads that part; what it does not know falls back to the usual. */
export function parsePicture(search: string): { readonly picture: Picture; readonly cut: number | null } {
  const parameters = new URLSearchParams(search);
  const [picture, cut] = [parameters.get("picture"), parameters.get("cut")];
  return {
    picture: PICTURES.find((one) => one === picture) ?? "limb",
    cut: cut !== null && /^\d{1,3}(\.\d)?$/.test(cut) && Number(cut) <= 180 ? Number(cut) : null,
  };
}
