import type { Importer } from "../importer.ts";
import { longText } from "./long-text.ts";
import { plainText } from "./plain-text.ts";

/** Every importer; within a kind the first whose sniff agrees reads the file, so the most general comes last. */
export const IMPORTERS: readonly Importer[] = [plainText, longText];
