export { holdLease, type Lease } from "./lease.ts";
export { openStorage, type OpenStorage, type OpenStorageOptions } from "./open.ts";
export { prepareSqlite } from "./sqlite.ts";
