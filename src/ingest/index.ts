export { importFile, reimport, type Imported } from "./import-file.ts";
export { MAX_BYTES } from "./decode.ts";
export type { IngestTools } from "./importer.ts";
export { unpack } from "./unpack.ts";
