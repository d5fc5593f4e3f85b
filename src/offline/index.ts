export type { AppFile, AppFiles } from "./app-files.ts";
