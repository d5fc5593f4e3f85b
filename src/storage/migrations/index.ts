import type { Migration } from "../migrate.ts";
import { firstTables } from "./0001-first-tables.ts";

/** Every step from an empty file to today's schema, in order. */
export const MIGRATIONS: readonly Migration[] = [firstTables];
