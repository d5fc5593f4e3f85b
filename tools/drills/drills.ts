import type { ErrorCode } from "../../src/contract/index.ts";

/** How one fault is brought about, and the test that does it. */
export interface Drill {
  readonly fault: string;
  /** A file of tests, and a piece of the test's title. */
  readonly test: readonly [file: string, title: string];
}

const ENDPOINT = "src/answer/generators/endpoint.test.ts";
const BOUNDARY = "src/boundary/boundary.test.ts";
const GPU = "src/model/session/session.gpu.test.ts";
const MODELS = "src/engine/models.test.ts";
const PUSH = "src/engine/remote/push-corpus.test.ts";
const CHROMA = "src/remote/chroma.test.ts";
const RECORDS = "src/remote/records.test.ts";
const STORAGE = "src/storage/storage.browser.test.ts";

/** For each code the test that brings it about. */
export const DRILLS: Readonly<Record<ErrorCode, Drill>> = {
  "answer/unreachable": {
    fault: "a language model's server that is not there",
    test: [ENDPOINT, "a server that is not there is unreachable"],
  },
  "answer/denied": { fault: "a server that answers 401", test: [ENDPOINT, "status %i with %s is %s"] },
  "answer/no-model": { fault: "a server that answers 404", test: [ENDPOINT, "status %i with %s is %s"] },
  "answer/busy": { fault: "a server that answers 429 or 503", test: [ENDPOINT, "status %i with %s is %s"] },
  "answer/refused": {
    fault: "a server that answers 400 or 500",
    test: [ENDPOINT, "status %i with %s is %s"],
  },
  "answer/unreadable": {
    fault: "a server that sends a web page, nothing, or JSON of another kind",
    test: [ENDPOINT, "%s is answer/unreadable"],
  },
  "answer/cut-off": {
    fault: "a server that breaks off, falls silent or never ends",
    test: [ENDPOINT, "a server that %s in the middle"],
  },
  "base/aborted": {
    fault: "work that is stopped",
    test: [BOUNDARY, "abort rejects here and reaches the handler"],
  },
  "boundary/lost": {
    fault: "a worker or a tab that ends in the middle of a call",
    test: ["src/boundary/tabs.browser.test.ts", "tabs join whether they come before or after the engine"],
  },
  "boundary/closed": {
    fault: "a call after the engine was closed",
    test: [BOUNDARY, "close refuses later calls"],
  },
  "boundary/unclonable": {
    fault: "a function among the values of a call",
    test: [BOUNDARY, "cannot be cloned fails only its own call"],
  },
  "boundary/protocol": {
    fault: "a page and an engine of two versions",
    test: [BOUNDARY, "the other side of another version ends every call"],
  },
  "engine/internal": {
    fault: "a failure that nobody expected",
    test: [BOUNDARY, "answers, events in order, errors with their code"],
  },
  "engine/invalid-input": {
    fault: "a value outside what a call allows",
    test: [
      "src/engine/searching.test.ts",
      "collections of another kind, gone ones and none at all are refused",
    ],
  },
  "gpu/unavailable": {
    fault: "WebGPU asked for where there is none",
    test: [MODELS, "WebGPU asked for by name where there is none"],
  },
  "gpu/lost": {
    fault: "a GPU that goes away in the middle of two runs",
    test: [GPU, "a device that goes is reported as lost, also in the middle of two runs"],
  },
  "gpu/wrong-vectors": {
    fault: "a GPU that refuses a step and would leave zeros",
    test: [GPU, "a step that the GPU refuses is an error, not a vector of zeros"],
  },
  "gpu/out-of-memory": {
    fault: "a GPU without room for a run, or for the model",
    test: [GPU, "an allocation that fails says so, in a run and while loading"],
  },
  "ingest/empty": {
    fault: "an empty file",
    test: ["e2e/bad-input.spec.ts", "bad files are named with the reason"],
  },
  "ingest/too-large": {
    fault: "a file of 129 MB",
    test: ["e2e/bad-input.spec.ts", "bad files are named with the reason"],
  },
  "ingest/binary": {
    fault: "random bytes in a text file",
    test: ["e2e/bad-input.spec.ts", "bad files are named with the reason"],
  },
  "ingest/unreadable": {
    fault: "a JSON file that is cut off",
    test: ["e2e/bad-input.spec.ts", "a cut JSON and doubled tools are said"],
  },
  "ingest/unreachable": {
    fault: "a web address that does not answer or may not be read",
    test: ["src/engine/fetch-file.test.ts", "cannot be read, and what to do instead is said"],
  },
  "ingest/no-records": {
    fault: "a readable file of another kind",
    test: ["src/ingest/extractors/extractors.test.ts", "other kinds are cut out of the same files"],
  },
  "ingest/changed": {
    fault: "a file that changes while it waits to be read",
    test: ["e2e/ingest.spec.ts", "of a folder of 200 files five are bad"],
  },
  "ingest/locked": {
    fault: "an archive with a password",
    test: ["src/ingest/unpack.test.ts", "a locked zip says so for each of its files"],
  },
  "ingest/inexact": {
    fault: "text in an encoding that is not known",
    test: ["src/ingest/import-file.test.ts", "bytes of another encoding are replaced"],
  },
  "model/not-found": {
    fault: "a model of which a file is missing",
    test: ["src/model/source/model-files.test.ts", "%s is not-found"],
  },
  "model/corrupt": {
    fault: "a model's file with other bytes than its digest",
    test: ["src/model/source/download.test.ts", "%s are corrupt, and nothing of them is kept"],
  },
  "model/unsupported": {
    fault: "a model of an architecture that is not run here",
    test: ["src/model/catalog/catalog.test.ts", "what cannot be run is refused before anything is fetched"],
  },
  "model/denied": {
    fault: "a hub that wants a token",
    test: ["src/model/source/download.test.ts", "%i is %s at once"],
  },
  "model/too-large": {
    fault: "a model larger than its format holds",
    test: ["src/model/convert/onnx/onnx.test.ts", "more than the format holds is refused"],
  },
  "remote/unreachable": {
    fault: "a Chroma server whose certificate nobody vouches for",
    test: [PUSH, "a certificate that nobody vouches for"],
  },
  "remote/denied": {
    fault: "a Chroma server that wants another key",
    test: [PUSH, "another key: each is said before anything is sent"],
  },
  "remote/not-found": {
    fault: "a collection that is not on the server",
    test: [CHROMA, "what another program keeps there"],
  },
  "remote/other-version": {
    fault: "a server with another version's interface",
    test: [PUSH, "another version's API, another program"],
  },
  "remote/other-model": {
    fault: "vectors of another model on the server",
    test: [CHROMA, "one of another make is refused"],
  },
  "remote/busy": {
    fault: "a server that answers 429 or 503",
    test: [PUSH, "429 waits as long as it is told"],
  },
  "remote/refused": {
    fault: "a server that answers 413 to a single passage",
    test: [PUSH, "413 sends halves"],
  },
  "remote/cut-off": {
    fault: "a server that breaks off or falls silent",
    test: [PUSH, "connections that end before and within an answer"],
  },
  "remote/unreadable": {
    fault: "a passage on the server that another program wrote",
    test: [RECORDS, "beside a passage is unreadable"],
  },
  "remote/miscount": {
    fault: "a server that loses what it took",
    test: [PUSH, "a server that lies about counts"],
  },
  "search/empty-query": {
    fault: "a query of blanks",
    test: ["src/tasks/registry.test.ts", "a blank query %j is refused under every task"],
  },
  "search/wrong-index": {
    fault: "a task over a collection of another kind",
    test: [
      "src/engine/searching.test.ts",
      "collections of another kind, gone ones and none at all are refused",
    ],
  },
  "search/no-vectors": {
    fault: "meaning asked for under BM25",
    test: [MODELS, "BM25 stores words only, and is not asked for meaning"],
  },
  "site/entry": {
    fault: "a documentation site's index of another version",
    test: ["src/site/site.test.ts", "an entry of another version is told apart"],
  },
  "site/file": {
    fault: "a documentation site's index without one of its files",
    test: ["src/site/site.test.ts", "a passage beyond the last is a fault of the files"],
  },
  "storage/unavailable": {
    fault: "a browser that gives no private file system",
    test: ["src/storage/storage.test.ts", "without OPFS the durable storage is refused"],
  },
  "storage/busy-elsewhere": {
    fault: "another owner of the database who does not let go",
    test: [STORAGE, "a second owner is refused, and the first one keeps everything"],
  },
  "storage/corrupt": {
    fault: "bytes of the database overwritten on the disk",
    test: [STORAGE, "%s is corrupt, and not a byte is changed"],
  },
  "storage/newer-schema": {
    fault: "a database that a later version wrote",
    test: [STORAGE, "data of a newer Sextant is left alone"],
  },
  "storage/full": {
    fault: "the browser's quota used up in the middle of a batch",
    test: [STORAGE, "a full quota is named, changes nothing, and passes"],
  },
  "storage/not-found": {
    fault: "a collection that was deleted meanwhile",
    test: ["src/engine/library.test.ts", "a deleted collection can be brought back"],
  },
  "storage/conflict": {
    fault: "a batch that comes out of order",
    test: ["src/storage/storage.contract.ts", "a batch out of order or too long is a conflict"],
  },
  "vectors/shape": {
    fault: "a vector of another length than the index",
    test: ["src/vectors/vector-set.test.ts", "a segment or a query of another width is refused"],
  },
  "vectors/nan": {
    fault: "a model that gives values that are no numbers",
    test: ["src/model/embed/encoder.test.ts", "vectors that are no numbers are an error"],
  },
  "vectors/full": {
    fault: "no memory left for a collection's vectors",
    test: ["src/vectors/kernels/sharded/sharded.test.ts", "where memory ends, the next search says so"],
  },
};
