/** Cross-origin isolation: WASM threads need SharedArrayBuffer. */
export const ISOLATION_HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * Nothing but what is named, nothing from elsewhere, no inline script or style, no eval but WebAssembly. Text becomes
 * no code: `src/base/own-scripts.ts` is the one policy of trusted types, and lets through addresses of workers.
 */
function policy(connect: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    `connect-src ${connect}`,
    "img-src 'self' data: blob:",
    "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
  ].join("; ");
}

/** For `<meta http-equiv>`, where browsers refuse `frame-ancestors`. */
export const META_POLICY = policy("'self'");

export const PAGE_POLICY = `${META_POLICY}; frame-ancestors 'none'`;

/**
 * A worker has the policy of its own script's answer. The engine's alone may leave the origin: it fetches models from
 * the hub or from the mirror that the person names, which nobody knows beforehand. It renders nothing.
 */
export const ENGINE_POLICY = policy("'self' https: http://localhost:* http://127.0.0.1:*");

/** Path of the engine worker's script in a build, up to its hash. */
export const ENGINE_SCRIPT = "/assets/engine.worker-";

/** The other scripts that workers are started from, up to their hashes. */
export const OTHER_WORKERS = [
  "/assets/storage.worker-",
  "/assets/shard.worker-",
  "/assets/text.worker-",
  "/assets/map.worker-",
  "/assets/pdf.worker",
  "/assets/ort-wasm",
  "/sw.js",
];

/** What every file is served with. */
export const EVERYWHERE = {
  ...ISOLATION_HEADERS,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
};

/** What a file of the built app is served with, on localhost and on a host that reads `_headers`. */
export function headersOf(path: string): Readonly<Record<string, string>> {
  const content = path.startsWith(ENGINE_SCRIPT) ? ENGINE_POLICY : PAGE_POLICY;
  return { ...EVERYWHERE, "Content-Security-Policy": content };
}

/** Hashed files never change; everything else is asked for again, and answered 304 when it is the same. */
export const CACHE_FOREVER = "public, max-age=31536000, immutable";
export const CACHE_ASK = "no-cache";

/**
 * The `_headers` file that static hosts read. Hosts join what several rules say of one header, and of two policies both
 * hold: so no rule with a policy covers the engine's script. Pages carry theirs in `<meta>` as well.
 */
export function formatHeadersFile(): string {
  const rule = (path: string, headers: Readonly<Record<string, string>>): string[] => [
    path,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ];
  const content = (path: string) => ({
    "Content-Security-Policy": headersOf(path)["Content-Security-Policy"] ?? "",
  });
  return [
    ...rule("/*", EVERYWHERE),
    ...rule("/", content("/")),
    ...rule("/index.html", content("/")),
    ...OTHER_WORKERS.flatMap((start) => rule(`${start}*`, content(start))),
    ...rule(`${ENGINE_SCRIPT}*`, content(ENGINE_SCRIPT)),
    ...rule("/assets/*", { "Cache-Control": CACHE_FOREVER }),
    "",
  ].join("\n");
}
