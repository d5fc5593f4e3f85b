import { defaultClientConditions } from "vite";

/**
 * Picks the builds of dependencies that also run in a worker: `decode-named-character-reference`, for one, has a
 * "browser" build that needs `document` and fails the engine worker at its first line.
 */
export const WORKER_SAFE = ["worker", ...defaultClientConditions];
