import { SextantInput, SextantModal, SextantResults, SextantSearch } from "./sextant-search.ts";

const ELEMENTS = {
  "sextant-search": SextantSearch,
  "sextant-modal": SextantModal,
  "sextant-input": SextantInput,
  "sextant-results": SextantResults,
} as const;

for (const [name, element] of Object.entries(ELEMENTS))
  if (!customElements.get(name)) customElements.define(name, element);

export { SextantInput, SextantModal, SextantResults, SextantSearch };
