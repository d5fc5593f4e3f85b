import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** What a careful site sends: no inline script or style, no worker, nothing from elsewhere, and no isolation. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; base-uri 'none'";

/** The same of a site that lets no text become code. */
export const TRUSTED_POLICY = `${POLICY}; form-action 'none'; require-trusted-types-for 'script'; trusted-types`;

/** For pages that VitePress draws: Vue makes pages of its own templates under this one name. */
export const VUE_POLICY = `${TRUSTED_POLICY} vue`;

/** The same of a site that has workers of its own. */
export const WORKER_POLICY = `${POLICY}; worker-src 'self'`;

export interface StaticFolder {
  /** Ends in the sub-path. */
  readonly url: string;
  /** Paths that were asked for, with the bytes sent. */
  readonly sent: { readonly path: string; readonly bytes: number }[];
  /** Paths that are answered with 404 from now on. */
  readonly gone: RegExp[];
  close(): Promise<void>;
}

/** Serves a folder from below a sub-path as plain files, under a strict policy or without any header of the kind. */
export async function serveFolder(
  folder: string,
  subPath: string,
  policy: string | null = POLICY,
): Promise<StaticFolder> {
  const sent: { path: string; bytes: number }[] = [];
  const gone: RegExp[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      const inside = pathname.startsWith(subPath) ? decodeURIComponent(pathname.slice(subPath.length)) : null;
      const path =
        inside === null
          ? null
          : normalize(inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside);
      const refused = path === null || path.startsWith("..") || gone.some((one) => one.test(path));
      const content = refused ? null : await readFile(join(folder, path)).catch(() => null);
      if (content === null) return void response.writeHead(404).end();
      sent.push({ path: path ?? "", bytes: content.length });
      if (policy !== null) response.setHeader("Content-Security-Policy", policy);
      response.setHeader("Content-Type", TYPES[extname(path ?? "")] ?? "application/octet-stream");
      response.end(content);
    })();
  });
  await new Promise<void>((ready) => server.listen(0, "localhost", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}${subPath}`,
    sent,
    gone,
    close: () => new Promise((done) => (server.closeAllConnections(), server.close(() => done()))),
  };
}
