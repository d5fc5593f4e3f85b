import { settings } from "./settings.ts";

/** Every area in Chinese; an area that is missing here does not compile where it is shown. */
export const zh = { settings };
export type Translation = typeof zh;
