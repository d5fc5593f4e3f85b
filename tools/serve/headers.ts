/** Cross-origin isolation: WASM threads need SharedArrayBuffer. */
export const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Nothing from elsewhere, no inline script or style, no eval but WebAssembly. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** For `<meta http-equiv>`, where browsers refuse `frame-ancestors`. */
export const META_POLICY = POLICY.join("; ");

/** What the built app is served with, on localhost and on a host that reads `_headers`. */
export const HEADERS = {
  ...ISOLATION_HEADERS,
  "Content-Security-Policy": `${META_POLICY}; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** Hashed files never change; everything else is asked for again, and answered 304 when it is the same. */
export const CACHE_FOREVER = "public, max-age=31536000, immutable";
export const CACHE_ASK = "no-cache";

/** The `_headers` file that static hosts read. */
export function formatHeadersFile(): string {
  const everywhere = Object.entries(HEADERS).map(([name, value]) => `  ${name}: ${value}`);
  return ["/*", ...everywhere, "/assets/*", `  Cache-Control: ${CACHE_FOREVER}`, ""].join("\n");
}
