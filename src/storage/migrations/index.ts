import type { Migration } from "../migrate.ts";
import { firstTables } from "./0001-first-tables.ts";
import { segmentChecksums } from "./0002-segment-checksums.ts";
import { sourceTagsAndDates } from "./0003-source-tags-and-dates.ts";
import { adapters } from "./0004-adapters.ts";
import { passageDigests } from "./0005-passage-digests.ts";
import { removalsAndEdits } from "./0006-removals-and-edits.ts";
import { answers } from "./0007-answers.ts";
import { rewards } from "./0008-rewards.ts";
import { passagesApart } from "./0009-passages-apart.ts";
import { latestRewards } from "./0010-latest-rewards.ts";

/** Every step from an empty file to today's schema, in order. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  segmentChecksums,
  sourceTagsAndDates,
  adapters,
  passageDigests,
  removalsAndEdits,
  answers,
  rewards,
  passagesApart,
  latestRewards,
];
