import type { TaskId } from "../../contract/index.ts";
import {
  MAP_COLOURS,
  PICTURES,
  type MapColour,
  type Picture,
  type PicturesState,
  type Seen,
} from "../state/pictures.ts";

/** What an address says of the pictures: `picture` and `colour` are shown, `cut` and `seen` are what the person did. */
export interface PictureView {
  readonly spec: { readonly picture: Picture; readonly colour: MapColour };
  readonly state: { readonly cut: number | null; readonly seen: Seen | null };
}

/** The part of an address that says which picture is shown and what was done there under a task; usual things are left out. */
export function formatPicture(
  { picture, cuts, map }: Pick<PicturesState, "picture" | "cuts" | "map">,
  task: TaskId,
): string {
  const parameters = new URLSearchParams();
  if (picture !== "limb") parameters.set("picture", picture);
  const cut = cuts[task];
  if (cut !== undefined) parameters.set("cut", cut.toFixed(1));
  if (picture === "map") {
    const seen = map.state.seen[task];
    if (map.spec.colour !== MAP_COLOURS[0]) parameters.set("colour", map.spec.colour);
    if (seen) parameters.set("seen", [seen.x, seen.y, seen.zoom].map((one) => one.toFixed(2)).join("_"));
  }
  const text = parameters.toString();
  return text === "" ? "" : `&${text}`;
}

/** Reads that part; what it does not know falls back to the usual. */
export function parsePicture(search: string): PictureView {
  const parameters = new URLSearchParams(search);
  const [picture, cut] = [parameters.get("picture"), parameters.get("cut")];
  const colour = parameters.get("colour");
  return {
    spec: {
      picture: PICTURES.find((one) => one === picture) ?? "limb",
      colour: MAP_COLOURS.find((one) => one === colour) ?? MAP_COLOURS[0],
    },
    state: {
      cut: cut !== null && /^\d{1,3}(\.\d)?$/.test(cut) && Number(cut) <= 180 ? Number(cut) : null,
      seen: seenFrom(parameters.get("seen")),
    },
  };
}

function seenFrom(text: string | null): Seen | null {
  if (text === null || !/^-?\d{1,6}\.\d\d_-?\d{1,6}\.\d\d_\d{1,6}\.\d\d$/.test(text)) return null;
  const [x = 0, y = 0, zoom = 0] = text.split("_").map(Number);
  return zoom > 0 ? { x, y, zoom } : null;
}
