import { resolve } from "node:path";
import { build } from "vite";
import { isStale, SOURCES } from "./freshness.ts";
import { openSite, type Site } from "./static-server.ts";

const FIRST_PORT = 4173;
const PORTS_TO_TRY = 20;

/** The first free port: the same one from visit to visit where possible, since the browser keeps data by address. */
async function openNearby(root: string): Promise<Site> {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TO_TRY; port++) {
    try {
      return await openSite(root, port);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    }
  }
  return openSite(root, 0);
}

if (isStale("dist/index.html", SOURCES)) {
  console.log("Building …");
  await build({ logLevel: "warn" });
}
const site = await openNearby(resolve("dist"));
if (site.port !== FIRST_PORT)
  console.log(
    `Port ${FIRST_PORT} is taken. Browsers keep data by address: what was put in there is not shown here.`,
  );
console.log(`Sextant is at ${site.url}  (Ctrl+C ends it)`);

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    site.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
