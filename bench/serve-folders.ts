import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join, normalize, sep } from "node:path";
import type { Plugin } from "vite";

/** Serves folders of the disk below URL paths that start and end in a slash. */
export function serveFolders(folders: Readonly<Record<string, string>>): Plugin {
  return {
    name: "bench:serve-folders",
    configureServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? "/", "http://localhost");
        const [prefix, folder] = Object.entries(folders).find(([path]) => pathname.startsWith(path)) ?? [];
        if (prefix === undefined || folder === undefined) return next();
        const path = normalize(decodeURIComponent(pathname.slice(prefix.length)));
        const file = join(folder, path);
        const send = async () => {
          const found =
            path.startsWith("..") || path.startsWith(sep) ? null : await stat(file).catch(() => null);
          if (!found?.isFile()) {
            response.writeHead(404).end();
            return;
          }
          response.writeHead(200, {
            "content-type": file.endsWith(".json") ? "application/json" : "application/octet-stream",
            "content-length": found.size,
            "cross-origin-resource-policy": "same-origin",
          });
          if (request.method === "HEAD") response.end();
          else createReadStream(file).pipe(response);
        };
        send().catch(next);
      });
    },
  };
}
