export { openSextant, type OpenOptions } from "./open-sextant.ts";
