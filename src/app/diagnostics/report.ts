import type { EngineStatus, Features } from "../../contract/index.ts";
import type { RecentCode } from "../state/panel.ts";
import type { AppState } from "../state/store.ts";
import type { diagnostics } from "../words/en/diagnostics.ts";

export type Words = typeof diagnostics;

/** What the page knows of itself. */
export interface PageFacts {
  readonly version: string;
  readonly userAgent: string;
  readonly languages: readonly string[];
  readonly window: string;
  /** Units: GB, rounded down by the browser; null where it does not tell. */
  readonly memory: number | null;
  readonly online: boolean;
  /** A service worker answers when the network does not. */
  readonly worker: boolean;
  readonly nowMs: number;
}

export interface ReportGroup {
  readonly heading: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

type Rows = (readonly [name: string, value: string | number | boolean | null | undefined])[];

/**
 * Everything that a bug report needs: counts, codes and names of parts, and nothing that a person wrote or named.
 */
export function reportOf(state: AppState, page: PageFacts, words: Words): readonly ReportGroup[] {
  const { status, features } = state.model;
  const group = (heading: string, rows: Rows): ReportGroup => ({
    heading,
    rows: rows.map(([name, value]) => [name, told(value, words)] as const),
  });
  const { groups } = words;
  return [
    group(groups.versions, [
      [words.sextant, page.version],
      [words.schema, status?.storage.schema],
      [words.browser, page.userAgent],
      [words.languages, page.languages.join(", ")],
      [words.screen, page.window],
    ]),
    group(groups.device, deviceRows(state, status, words)),
    group(groups.browser, browserRows(features, page, words)),
    group(groups.storage, storageRows(status, words)),
    group(groups.collections, collectionRows(state, words)),
    group(groups.errors, errorRows(state.panel.recentCodes, page.nowMs, words)),
  ];
}

function told(value: string | number | boolean | null | undefined, words: Words): string {
  if (value === null || value === undefined || value === "") return words.unknown;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  return String(value);
}

/** A model is named only when the catalog names it: a name of one that was added may be the person's own. */
function deviceRows({ models }: AppState, status: EngineStatus | null, words: Words): Rows {
  if (!status) return [[words.model, words.noModel]];
  const { model, device, speed } = status;
  const entry = models.entries?.find(({ id }) => id === model.id);
  const isListed = entry !== undefined && (entry.bundled || entry.repository !== null);
  return [
    [words.asked, device.asked],
    [words.used, device.used],
    [words.adapter, device.adapter],
    [words.why, device.reason],
    [words.threads, device.threads],
    [words.model, isListed ? model.id : words.ownModel],
    [words.dimensions, model.dim],
    [words.precision, `${device.dtype}, ${device.arithmetic}`],
    [words.parity, device.parityCosine],
    [words.loading, `${Math.round(device.loadMs)} ms`],
    [words.speed, speed && words.passagesPerSecond(speed.passagesPerSecond.toFixed(1))],
  ];
}

function browserRows(features: Features | null, page: PageFacts, words: Words): Rows {
  return [
    [words.webgpu, features?.webgpu],
    [words.isolated, features?.isolated],
    [words.jspi, features?.jspi],
    [words.opfs, features?.opfs],
    [words.cores, features?.hardwareThreads],
    [words.memory, page.memory === null ? null : words.gigabytes(String(page.memory))],
    [words.online, page.online],
    [words.worker, page.worker],
  ];
}

function storageRows(status: EngineStatus | null, words: Words): Rows {
  const storage = status?.storage;
  const megabytes = (bytes: number | null | undefined): string | null =>
    bytes === null || bytes === undefined ? null : `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    [words.durable, storage?.durable],
    [words.where, storage?.where],
    [words.database, megabytes(storage?.databaseBytes)],
    [words.site, megabytes(storage?.usageBytes)],
    [words.quota, megabytes(storage?.quotaBytes)],
    [words.persisted, storage?.persisted],
  ];
}

function collectionRows({ corpus }: AppState, words: Words): Rows {
  return corpus.collections.map(({ kind, sources, passages }, place) => [
    words.collection(String(place + 1)),
    words.holds(kind, String(sources), String(passages)),
  ]);
}

function errorRows(codes: readonly RecentCode[], nowMs: number, words: Words): Rows {
  if (codes.length === 0) return [[words.groups.errors, words.noErrors]];
  return codes
    .toReversed()
    .map(({ code, atMs }, place) => [
      String(place + 1),
      words.at(code, `${Math.round((nowMs - atMs) / 1000)} s`),
    ]);
}

/** The report as Markdown tables, safe to paste into an issue. */
export function reportMarkdown(groups: readonly ReportGroup[]): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
  return groups
    .map(({ heading, rows }) => {
      const lines = rows.map(([name, value]) => `| ${cell(name)} | ${cell(value)} |`);
      return [`### ${heading}`, "", "| | |", "| --- | --- |", ...lines, ""].join("\n");
    })
    .join("\n");
}
