export { editRecord } from "./edit-record.ts";
export { importFile, reimport, type Imported } from "./import-file.ts";
export { checkSize, MAX_BYTES, MAX_FILE_BYTES } from "./decode.ts";
export type { IngestTools } from "./importer.ts";
export { unpack } from "./unpack.ts";
