import { resolve } from "node:path";
import { expect, test as base } from "@playwright/test";
import { openSite, type Site } from "../tools/serve/static-server.ts";

/** The built app on an address of its own; journeys may take it away and bring it back. */
export interface App {
  readonly url: string;
  /** From now on nothing answers at the address, as without a network. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

interface Fixtures {
  readonly app: App;
  /** What the browser complained about so far; a journey that provokes a complaint clears it. */
  readonly complaints: string[];
}

/** A test fails when the console has an error, a page throws, or anything but localhost is asked. */
export const test = base.extend<Fixtures>({
  app: async ({}, provide) => {
    const root = resolve("dist");
    let site: Site | null = await openSite(root, 0);
    const { url, port } = site;
    const stop = async () => {
      await site?.close();
      site = null;
    };
    const start = async () => {
      site ??= await openSite(root, port);
    };
    await provide({ url, stop, start });
    await stop();
  },
  baseURL: async ({ app }, provide) => provide(app.url),
  complaints: [
    async ({ context }, provide) => {
      const complaints: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error")
          complaints.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (thrown) => complaints.push(`thrown: ${thrown.error().message}`));
      context.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (protocol.startsWith("http") && hostname !== "localhost")
          complaints.push(`asked: ${request.url()}`);
      });
      await provide(complaints);
      expect(complaints, "the browser's complaints").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
