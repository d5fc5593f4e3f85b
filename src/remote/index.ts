export { DEFAULT_PLACE, normalServer, parseAddress } from "./address.ts";
export { HURRIED, PATIENT, type Patience } from "./ask.ts";
export { requireSameMake } from "./collection-facts.ts";
export { openChroma, type Chroma, type ChromaOptions } from "./open-chroma.ts";
export { isRemoteName, remoteNameOf } from "./remote-name.ts";
