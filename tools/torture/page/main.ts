import { allowOwnScripts } from "../../../src/base/own-scripts.ts";
import type { Page, Told } from "../page-calls.ts";
import * as engine from "./engine-work.ts";
import { examine } from "./examine.ts";
import { isMadeOf } from "./made-vectors.ts";
import { measure, soakStep, warm } from "./soak-work.ts";
import * as store from "./store-work.ts";
import { held, owns, seek } from "./takeover-work.ts";

declare global {
  /** Bound by who drives the page; settles when it was heard. */
  var tell: (told: Told) => Promise<void>;
  var torture: Page;
}

allowOwnScripts();
globalThis.torture = {
  index: (input) => engine.index(input, tell),
  remove: (input) => engine.remove(input, tell),
  write: (input) => store.write(input, tell),
  migrate: () => store.migrate(tell),
  importBundle: () => engine.importBundle(tell),
  convert: () => engine.convert(tell),
  makeOld: (input) => store.makeOld(input),
  makeBundle: () => engine.makeBundle(),
  examine: ({ directory, madeVectors }) =>
    examine(directory, madeVectors ? ({ text, vector }) => isMadeOf(text, vector) : undefined),
  clear: ({ directory }) => store.clear(directory),
  settle: () => engine.settle(),
  settleImport: (input) => engine.settleImport(input),
  settleModel: () => engine.settleModel(),
  trim: (input) => engine.trim(input),
  open: async ({ device }) => void (await engine.engineOf(device)),
  close: () => engine.close(),
  warm: (input) => warm(input),
  soakStep: (input) => soakStep(input),
  seek: (input) => seek(input),
  owns: () => owns(),
  held: () => held(),
  measure: () => measure(),
};
