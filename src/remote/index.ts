export { normalServer } from "./address.ts";
export { PATIENT } from "./ask.ts";
export { requireSameMake } from "./collection-facts.ts";
export { openChroma } from "./open-chroma.ts";
export { remoteNameOf } from "./remote-name.ts";
