import { descriptionOf } from "../library/describe.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { mini } from "./mini.ts";

/** Source: public/models/mini/MODEL_CARD.md and config.json. */
export const sextantMini: CatalogEntry = {
  ...descriptionOf(mini),
  about: "Comes with Sextant and works at once: small and fast, trained on LLM-Embedder's instructions.",
  files: [],
  bundled: mini,
  parameters: 7_744_256,
  inThePaper: null,
};
